"""Run `sql/0011_gifts.sql`, and know the view as a model."""

from importlib import resources

from django.db import migrations, models

import commonweal.foundation.fields

SQL = resources.files("commonweal.giving").joinpath("sql/0011_gifts.sql").read_text()


class Migration(migrations.Migration):
    """Run the file as it stands."""

    dependencies = [
        ("giving", "0010_recurring"),
        ("payments", "0010_periods"),
    ]

    operations = [
        migrations.RunSQL(SQL, "DROP VIEW giving_gift"),
        migrations.CreateModel(
            name="Gift",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("incognito", models.BooleanField()),
                ("currency", commonweal.foundation.fields.CurrencyField(max_length=3)),
                ("minor", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={"managed": False, "db_table": "giving_gift"},
        ),
    ]
