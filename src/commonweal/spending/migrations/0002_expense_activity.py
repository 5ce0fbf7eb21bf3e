"""Say which activity an expense belongs to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0005_activity'),
        ('spending', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='expense',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='collectives.activity'),
        ),
    ]
