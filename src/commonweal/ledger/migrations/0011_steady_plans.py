"""Run `sql/0011_steady_plans.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.ledger").joinpath("sql/0011_steady_plans.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("ledger", "0010_rate")]
    operations = [migrations.RunSQL(SQL)]
