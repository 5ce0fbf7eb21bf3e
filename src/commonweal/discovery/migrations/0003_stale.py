"""Run `sql/0003_stale.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.discovery").joinpath("sql/0003_stale.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("discovery", "0002_listing"), ("activity", "0002_append_only"), ("people", "0001_initial")]
    operations = [migrations.RunSQL(SQL)]
