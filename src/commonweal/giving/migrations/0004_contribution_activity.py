"""Let a gift be for one thing that the group does."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0005_activity'),
        ('giving', '0003_gifts_of_a_year'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collectives.activity'),
        ),
    ]
