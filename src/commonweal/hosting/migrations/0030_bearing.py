"""Let hosts say what they keep of which gifts, and who bears what goes wrong."""

import commonweal.foundation.fields
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hosting', '0020_creditor_id'),
    ]

    operations = [
        migrations.AddField(
            model_name='host',
            name='currencies',
            field=django.contrib.postgres.fields.ArrayField(base_field=commonweal.foundation.fields.CurrencyField(max_length=3), blank=True, default=list),
        ),
        migrations.AddField(
            model_name='host',
            name='fees',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='host',
            name='losses_by',
            field=models.TextField(choices=[('group', 'Group'), ('host', 'Host')], default='group'),
        ),
        migrations.AddField(
            model_name='host',
            name='rail_fee_by',
            field=models.TextField(choices=[('group', 'Group'), ('host', 'Host')], default='group'),
        ),
    ]
