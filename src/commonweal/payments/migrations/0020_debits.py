"""Mandates, and collection runs with one file for the bank."""

import commonweal.foundation.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hosting', '0020_creditor_id'),
        ('payments', '0010_periods'),
        ('people', '0006_party_legal_form'),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectTerms',
            fields=[
                ('host', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='collect_terms', serialize=False, to='hosting.host')),
                ('address', models.TextField(blank=True, default='')),
                ('lead_days', models.SmallIntegerField(default=1)),
                ('notice_days', models.SmallIntegerField(default=14)),
                ('second_person', models.BooleanField(default=False)),
                ('second_lock', models.BooleanField(default=False)),
                ('file_kind', models.TextField(blank=True, default='')),
                ('as_one', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='CollectRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('number', models.IntegerField()),
                ('status', models.TextField(choices=[('prepared', 'Prepared'), ('released', 'Released'), ('sent', 'Sent'), ('cancelled', 'Cancelled')], default='prepared')),
                ('created_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('file_kind', models.TextField(blank=True, default='')),
                ('file', commonweal.foundation.fields.EncryptedField(blank=True, default='')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collect_runs', to='hosting.host')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.TextField(unique=True)),
                ('subject', models.TextField()),
                ('holder', commonweal.foundation.fields.EncryptedField()),
                ('iban', commonweal.foundation.fields.EncryptedField()),
                ('mask', models.TextField()),
                ('signature', commonweal.foundation.fields.EncryptedField()),
                ('words', models.TextField()),
                ('text_version', models.SmallIntegerField()),
                ('is_recurrent', models.BooleanField()),
                ('creditor_id', models.TextField()),
                ('creditor_name', models.TextField()),
                ('notice_days', models.SmallIntegerField()),
                ('signed_at', models.DateTimeField()),
                ('signed_on', models.DateField()),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('state', models.TextField(choices=[('active', 'Active'), ('revoked', 'Revoked'), ('at rest', 'At Rest'), ('expired', 'Expired')], default='active')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('code', models.TextField(blank=True, default='')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='hosting.host')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_minor', models.BigIntegerField()),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('step', models.TextField(blank=True, default='')),
                ('collect_on', models.DateField(blank=True, null=True)),
                ('block', models.TextField(blank=True, default='')),
                ('end_to_end', models.TextField(blank=True, default='')),
                ('state', models.TextField(choices=[('chosen', 'Chosen'), ('asked', 'Asked'), ('come', 'Come'), ('refused', 'Refused'), ('back', 'Back'), ('left out', 'Left Out'), ('freed', 'Freed')], default='chosen')),
                ('code', models.TextField(blank=True, default='')),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='payments.charge')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='payments.collectrun')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='payments.mandate')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='collectrun',
            constraint=models.UniqueConstraint(fields=('host', 'number'), name='collect_run_number'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(fields=['subject'], name='payments_ma_subject_e6f821_idx'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('subject',), name='one_living_mandate'),
        ),
        migrations.AddIndex(
            model_name='collection',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['block'], name='asked_blocks'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['chosen', 'asked'])), fields=('charge',), name='one_living_collect_run'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.UniqueConstraint(condition=models.Q(('end_to_end', ''), _negated=True), fields=('end_to_end',), name='one_name_at_the_bank'),
        ),
    ]
