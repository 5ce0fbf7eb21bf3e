"""Add what groups plan to spend, and who started from whom."""

import commonweal.foundation.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0003_theme_words'),
        ('ledger', '0008_eliminations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lineage',
            fields=[
                ('collective', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='lineage', serialize=False, to='collectives.collective')),
                ('at', models.DateTimeField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heirs', to='collectives.collective')),
            ],
        ),
        migrations.CreateModel(
            name='PlannedCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_minor', models.BigIntegerField()),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.category')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='collectives.collective')),
            ],
            options={
                'ordering': ['-amount_minor', 'category'],
                'constraints': [models.UniqueConstraint(fields=('collective', 'category'), name='plan_a_category_once'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='planned_cost_above_zero')],
            },
        ),
    ]
