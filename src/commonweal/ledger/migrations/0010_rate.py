"""Keep what currencies were worth, and load what came along."""

from __future__ import annotations

import csv
import gzip
import io
from decimal import Decimal
from importlib import resources

import commonweal.foundation.fields
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = resources.files("commonweal.ledger").joinpath("data/rates.csv.gz")


def load(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Copy the rates in."""
    text = gzip.decompress(DATA.read_bytes()).decode()
    statement = "COPY ledger_rate (currency, day, numerator, denominator) FROM STDIN"
    with editor.connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in csv.DictReader(io.StringIO(text)):
            day = row.pop("Date")
            for code, rate in row.items():
                copy.write_row((code, day, *Decimal(rate).as_integer_ratio()))


class Migration(migrations.Migration):
    """Make the table, and fill it."""

    dependencies = [("ledger", "0009_activities")]

    operations = [
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('pk', models.CompositePrimaryKey('currency', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('day', models.DateField()),
                ('numerator', models.BigIntegerField()),
                ('denominator', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('denominator__gt', 0), ('numerator__gt', 0)), name='rate_above_zero')],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
