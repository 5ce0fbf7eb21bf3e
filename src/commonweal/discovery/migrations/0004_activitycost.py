"""Keep what was paid for each finished activity."""

import commonweal.foundation.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0005_activity'),
        ('discovery', '0003_stale'),
        ('places', '0002_load'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityCost',
            fields=[
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='collectives.activity')),
                ('attendance', models.IntegerField(null=True)),
                ('closed_on', models.DateField()),
                ('counts_from', models.DateField(null=True)),
                ('pending', models.BooleanField()),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('paid', models.JSONField(default=dict)),
                ('overhead', models.BigIntegerField(default=0)),
                ('city', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='collectives.collective')),
                ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='collectives.theme')),
            ],
            options={
                'indexes': [models.Index(fields=['theme', 'currency', 'activity'], name='cost_by_theme')],
            },
        ),
    ]
