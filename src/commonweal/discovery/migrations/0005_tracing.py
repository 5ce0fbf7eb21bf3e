"""Keep what each gift paid for, and run `sql/0005_tracer.sql`."""

from importlib import resources

from django.db import migrations, models

SQL = resources.files("commonweal.discovery").joinpath("sql/0005_tracer.sql").read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('discovery', '0004_activitycost'),
    ]

    operations = [
        migrations.CreateModel(
            name='TracedPot',
            fields=[
                ('account_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='TracedRest',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', models.BigIntegerField()),
                ('seq', models.BigIntegerField()),
                ('activity', models.TextField(default='')),
                ('amount', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='TracedPart',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'lot', 'use', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', models.BigIntegerField()),
                ('lot', models.BigIntegerField()),
                ('use', models.BigIntegerField()),
                ('amount', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['account_id', 'use'], name='traced_by_use')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='traced_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='Tracer',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('position', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_tracer')],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
