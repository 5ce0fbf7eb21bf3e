"""Run `sql/0002_post.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.ledger").joinpath("sql/0002_post.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(SQL)]
