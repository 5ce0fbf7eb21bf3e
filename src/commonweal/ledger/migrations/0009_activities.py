"""Run `sql/0009_activities.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.ledger").joinpath("sql/0009_activities.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("ledger", "0008_eliminations")]
    operations = [migrations.RunSQL(SQL)]
