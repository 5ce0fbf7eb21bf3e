"""Add wishes, what groups ask, and pauses of asking."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0005_activity'),
        ('knowledge', '0003_calls'),
        ('people', '0003_party_findable'),
        ('places', '0002_load'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('sent_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='people.party')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='collectives.collective')),
            ],
            options={
                'indexes': [models.Index(fields=['collective', '-sent_at'], name='ask_by_group'), models.Index(fields=['addressee', '-sent_at'], name='ask_by_addressee')],
            },
        ),
        migrations.CreateModel(
            name='AskingPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asking_pauses', to='collectives.collective')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('collective',), name='one_asking_pause')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='wish', serialize=False, to='people.party')),
                ('open', models.BooleanField(default=False)),
                ('from_whom', models.TextField(choices=[('near', 'Near'), ('themes', 'Themes'), ('any', 'Any')], default='themes')),
                ('within_km', models.SmallIntegerField(default=10)),
                ('gives', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(choices=[('money', 'Money'), ('time', 'Time'), ('things', 'Things'), ('skills', 'Skills')]), default=list)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list)),
                ('sentence', models.TextField(blank=True, default='')),
                ('most_a_month', models.SmallIntegerField(default=1)),
                ('shown', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField()),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('most_a_month__gt', 0), ('within_km__gt', 0)), name='wish_above_zero')],
            },
        ),
    ]
