"""Keep what was given in kind, what groups paid in a year, and how the gifts to them went."""

from importlib import resources

import commonweal.foundation.fields
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SQL = resources.files("commonweal.discovery").joinpath("sql/0006_more_of_costs.sql").read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0006_categoryanswer'),
        ('discovery', '0005_tracing'),
        ('places', '0002_load'),
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
        migrations.CreateModel(
            name='YearCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('closed_on', models.DateField()),
                ('counts_from', models.DateField(null=True)),
                ('pending', models.BooleanField()),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('paid', models.JSONField(default=dict)),
                ('overhead', models.BigIntegerField(default=0)),
                ('year', models.SmallIntegerField()),
                ('city', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='collectives.collective')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('collective', 'year'), name='one_cost_of_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('collective', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='collectives.collective')),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('opened_on', models.DateField()),
                ('first_gift_on', models.DateField(null=True)),
                ('last_gift_on', models.DateField(null=True)),
                ('goal_reached_on', models.DateField(null=True)),
                ('gifts', models.IntegerField(default=0)),
                ('givers', models.IntegerField(default=0)),
                ('withheld', models.IntegerField(default=0)),
                ('median_gift_minor', models.BigIntegerField(null=True)),
                ('people_came', models.IntegerField(default=0)),
                ('city', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place')),
            ],
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
