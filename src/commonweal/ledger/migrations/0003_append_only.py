"""Run `sql/0003_append_only.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.ledger").joinpath("sql/0003_append_only.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("ledger", "0002_post")]
    operations = [migrations.RunSQL(SQL)]
