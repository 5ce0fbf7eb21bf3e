"""Make the fact journal append-only."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.activity").joinpath("sql/0002_append_only.sql").read_text()


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies = [("activity", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
