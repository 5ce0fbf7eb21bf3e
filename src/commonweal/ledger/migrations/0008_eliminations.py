"""Run `sql/0008_eliminations.sql`."""

from importlib import resources

from django.db import migrations, models

SQL = resources.files("commonweal.ledger").joinpath("sql/0008_eliminations.sql").read_text()


class Migration(migrations.Migration):
    """Remember the district of an account, and run the file as it stands."""

    dependencies = [("ledger", "0007_resume")]
    operations = [
        migrations.AddField("account", "district_id", models.BigIntegerField(null=True)),
        migrations.RunSQL(SQL),
    ]
