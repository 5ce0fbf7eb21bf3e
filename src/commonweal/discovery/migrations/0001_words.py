"""Run `sql/0001_words.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.discovery").joinpath("sql/0001_words.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    initial = True
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunSQL(SQL)]
