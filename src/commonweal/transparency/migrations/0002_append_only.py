"""Run `sql/0002_append_only.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.transparency").joinpath("sql/0002_append_only.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("transparency", "0001_initial"), ("ledger", "0003_append_only")]
    operations = [migrations.RunSQL(SQL)]
