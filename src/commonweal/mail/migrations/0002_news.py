"""Run `sql/0002_news.sql`."""

from importlib import resources

from django.db import migrations

SQL = resources.files("commonweal.mail").joinpath("sql/0002_news.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [("mail", "0001_initial"), ("activity", "0002_append_only")]
    operations = [migrations.RunSQL(SQL)]
