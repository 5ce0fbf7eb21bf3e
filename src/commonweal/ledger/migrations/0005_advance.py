"""Run `sql/0005_advance.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.ledger").joinpath("sql/0005_advance.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("ledger", "0004_post_batch")]
    operations = [migrations.RunSQL(SQL)]
