"""Keep what invoices say, and how receipts look."""

import commonweal.foundation.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_party_legal_form'),
        ('spending', '0014_budgets_and_repeats'),
    ]

    operations = [
        migrations.AddField(
            model_name='expense',
            name='due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='expense',
            name='reference',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='expenseitem',
            name='spent_currency',
            field=commonweal.foundation.fields.CurrencyField(blank=True, default='', max_length=3),
        ),
        migrations.AddField(
            model_name='expenseitem',
            name='spent_minor',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='expenseitem',
            name='vat_minor',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='expenseitem',
            name='vat_rate',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name='receipt',
            name='bands',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), blank=True, default=list),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(fields=['sha256'], name='receipt_by_digest'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=django.contrib.postgres.indexes.GinIndex(fields=['bands'], name='receipt_by_looks'),
        ),
    ]
