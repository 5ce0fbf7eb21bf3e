"""Add calls for help, the answers to them, and help given."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0005_activity'),
        ('knowledge', '0002_playbook'),
        ('people', '0003_party_findable'),
        ('places', '0002_load'),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField()),
                ('details', models.TextField(blank=True, default='')),
                ('kind', models.TextField(choices=[('time', 'Time'), ('know_how', 'Know-how'), ('thing', 'A thing'), ('room', 'A room'), ('vehicle', 'A vehicle')])),
                ('quantity', models.IntegerField()),
                ('promised', models.IntegerField(default=0)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list)),
                ('needed_by', models.DateField()),
                ('status', models.TextField(choices=[('open', 'Open'), ('filled', 'Filled'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn')], default='open')),
                ('words', models.TextField(default='')),
                ('created_at', models.DateTimeField()),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='collectives.activity')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='collectives.collective')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(blank=True, default='')),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('language', models.CharField(blank=True, default='', max_length=8)),
                ('words', models.TextField(blank=True, default='')),
                ('quantity', models.IntegerField()),
                ('named', models.BooleanField(default=False)),
                ('status', models.TextField(choices=[('unproved', 'Unproved'), ('waiting', 'Waiting'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('taken back', 'Taken Back')])),
                ('note', models.TextField(blank=True, default='')),
                ('created_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='knowledge.call')),
            ],
        ),
        migrations.CreateModel(
            name='HelpGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(blank=True, default='')),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('language', models.CharField(blank=True, default='', max_length=8)),
                ('kind', models.TextField(choices=[('time', 'Time'), ('know_how', 'Know-how'), ('thing', 'A thing'), ('room', 'A room'), ('vehicle', 'A vehicle')])),
                ('quantity', models.IntegerField()),
                ('on', models.DateField()),
                ('what', models.TextField(blank=True, default='')),
                ('named', models.BooleanField(default=False)),
                ('status', models.TextField(choices=[('waiting', 'Waiting'), ('counted', 'Counted'), ('declined', 'Declined'), ('taken back', 'Taken Back')], default='waiting')),
                ('helper_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('team_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='help_given', to='collectives.activity')),
                ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='help_given', to='knowledge.answer')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_given', to='collectives.collective')),
                ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('team_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='HelpLettersStopped',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='collectives.collective')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.party')),
            ],
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['collective', '-needed_by', '-id'], name='knowledge_c_collect_323fe1_idx'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['needed_by', 'id'], name='call_open'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='call_by_words', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='call_for_something'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('promised__gte', 0)), name='promised_not_below'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['call', 'status'], name='knowledge_a_call_id_50c62b_idx'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['waiting', 'accepted'])), fields=('call', 'helper'), name='one_answer_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('helper', None), ('status', 'unproved')), models.Q(('email', ''), ('helper__isnull', False), models.Q(('status', 'unproved'), _negated=True)), _connector='OR'), name='answer_of_somebody'),
        ),
        migrations.AddIndex(
            model_name='helpgiven',
            index=models.Index(fields=['collective', 'status', '-on', '-id'], name='knowledge_h_collect_eaee75_idx'),
        ),
        migrations.AddIndex(
            model_name='helpgiven',
            index=models.Index(condition=models.Q(('status', 'counted')), fields=['activity'], name='in_kind'),
        ),
        migrations.AddConstraint(
            model_name='helpgiven',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='help_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='helpgiven',
            constraint=models.CheckConstraint(condition=models.Q(('team_by', models.F('helper')), _negated=True), name='team_is_not_the_helper'),
        ),
        migrations.AddConstraint(
            model_name='helpgiven',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'counted'), _negated=True), models.Q(('email', ''), ('helper__isnull', False), ('helper_confirmed_at__isnull', False), ('team_by__isnull', False), ('team_confirmed_at__isnull', False)), _connector='OR'), name='help_counts_when_two_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='helplettersstopped',
            constraint=models.UniqueConstraint(fields=('person', 'collective'), name='help_letters_once'),
        ),
    ]
