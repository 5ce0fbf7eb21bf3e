"""Keep what gifts in another currency were worth, and by which rate."""

import commonweal.foundation.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('giving', '0030_who_bears_fees'),
        ('payments', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conversion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction_id', models.BigIntegerField()),
                ('paid_minor', models.BigIntegerField()),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('worth_minor', models.BigIntegerField()),
                ('worth_currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('numerator', models.DecimalField(decimal_places=0, max_digits=40)),
                ('denominator', models.DecimalField(decimal_places=0, max_digits=40)),
                ('on', models.DateField()),
                ('charge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='conversion', to='payments.charge')),
            ],
        ),
    ]
