"""Run `sql/0004_post_batch.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.ledger").joinpath("sql/0004_post_batch.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("ledger", "0003_append_only")]
    operations = [migrations.RunSQL(SQL)]
