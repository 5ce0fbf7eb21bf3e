"""Let a changed account wait before it is paid to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_party_findable'),
        ('spending', '0002_expense_activity'),
    ]

    operations = [
        migrations.AddField(
            model_name='payoutmethod',
            name='payable_from',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='payoutmethod',
            name='verified_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='payoutmethod',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party'),
        ),
        migrations.AddIndex(
            model_name='payoutmethod',
            index=models.Index(fields=['mask'], name='spending_pa_mask_f91b63_idx'),
        ),
    ]
