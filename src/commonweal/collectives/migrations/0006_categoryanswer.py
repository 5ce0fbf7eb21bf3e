"""Keep what groups say of categories for which an activity paid nothing."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0005_activity'),
        ('ledger', '0006_chart'),
    ]

    operations = [
        migrations.CreateModel(
            name='CategoryAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.TextField(choices=[('in_kind', 'Given in kind'), ('not_needed', 'Not needed')])),
                ('quantity', models.IntegerField(null=True)),
                ('unit', models.TextField(blank=True, choices=[('hours', 'hours'), ('days', 'days'), ('pieces', 'pieces'), ('meals', 'meals')], default='')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='collectives.activity')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.category')),
            ],
            options={
                'ordering': ['category'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'category'), name='answer_a_category_once'), models.CheckConstraint(condition=models.Q(models.Q(('quantity', None), ('unit', '')), models.Q(('answer', 'in_kind'), ('quantity__gt', 0), ('unit__gt', '')), _connector='OR'), name='count_what_was_given')],
            },
        ),
    ]
