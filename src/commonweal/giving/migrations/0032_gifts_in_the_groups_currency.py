"""Run `sql/0032_gifts_in_the_groups_currency.sql`."""

from importlib import resources

from django.db import migrations

FOLDER = resources.files("commonweal.giving").joinpath("sql")
SQL = FOLDER.joinpath("0032_gifts_in_the_groups_currency.sql").read_text()
BEFORE = "DROP VIEW giving_gift;" + FOLDER.joinpath("0011_gifts.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [
        ("giving", "0031_conversion"),
        ("collectives", "0006_categoryanswer"),
    ]

    operations = [migrations.RunSQL(SQL, BEFORE)]
