"""What an activity is to cost, and expenses that are filed again."""

import commonweal.foundation.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0006_categoryanswer'),
        ('ledger', '0020_unplaced'),
        ('spending', '0013_purpose'),
    ]

    operations = [
        migrations.CreateModel(
            name='Repeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('every', models.TextField(choices=[('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')])),
                ('first_on', models.DateField()),
                ('next_on', models.DateField()),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('expense', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='repeat', to='spending.expense')),
            ],
        ),
        migrations.CreateModel(
            name='Repeated',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('expense', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='repeated', to='spending.expense')),
                ('repeat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='made', to='spending.repeat')),
            ],
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_minor', models.BigIntegerField()),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget', to='collectives.activity')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.category')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'category'), name='budget_a_category_once'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='budget_line_above_zero')],
            },
        ),
        migrations.AddIndex(
            model_name='repeat',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['next_on'], name='due'),
        ),
        migrations.AddConstraint(
            model_name='repeated',
            constraint=models.UniqueConstraint(fields=('repeat', 'due_on'), name='repeat_a_day_once'),
        ),
    ]
