"""Run `sql/0003_districts.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.hosting").joinpath("sql/0003_districts.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [
        ("hosting", "0002_initial"),
        ("ledger", "0008_eliminations"),
        ("people", "0001_initial"),
        ("places", "0002_load"),
    ]
    operations = [migrations.RunSQL(SQL)]
