"""Keep what finished activities were given in kind, and what they did without."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0006_categoryanswer'),
        ('discovery', '0004_activitycost'),
    ]

    operations = [
        migrations.AddField(
            model_name='activitycost',
            name='given',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='activitycost',
            name='not_needed',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list, size=None),
        ),
    ]
