"""Add what groups do: events and projects."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0004_plan_and_lineage'),
        ('people', '0003_party_findable'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, parent_link=True, primary_key=True, related_name='activity', serialize=False, to='people.party')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('attendance', models.IntegerField(blank=True, null=True)),
                ('series', models.TextField(blank=True, default='')),
                ('edition', models.IntegerField(blank=True, null=True)),
                ('organizer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='collectives.collective')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='collectives.theme')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'indexes': [models.Index(fields=['organizer', '-starts_on'], name='collectives_organiz_77cbd4_idx'), models.Index(fields=['theme', '-starts_on'], name='collectives_theme_i_7f6efd_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='activity_in_order'), models.CheckConstraint(condition=models.Q(('attendance__gte', 0)), name='attendance_not_below_zero')],
            },
            bases=('people.party',),
        ),
    ]
