"""Pay many expenses together, with one file for the bank."""

import commonweal.foundation.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hosting', '0003_districts'),
        ('people', '0003_party_findable'),
        ('spending', '0010_account_wait'),
    ]

    operations = [
        migrations.CreateModel(
            name='PayTerms',
            fields=[
                ('host', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='pay_terms', serialize=False, to='hosting.host')),
                ('second_person', models.BooleanField(default=False)),
                ('second_lock', models.BooleanField(default=False)),
                ('file_kind', models.TextField(blank=True, default='')),
                ('as_one', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='PayRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('number', models.IntegerField()),
                ('status', models.TextField(choices=[('prepared', 'Prepared'), ('released', 'Released'), ('sent', 'Sent'), ('cancelled', 'Cancelled')], default='prepared')),
                ('execute_on', models.DateField()),
                ('created_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('file_kind', models.TextField(blank=True, default='')),
                ('file', commonweal.foundation.fields.EncryptedField(blank=True, default='')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pay_runs', to='hosting.host')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.IntegerField()),
                ('attempt', models.SmallIntegerField(default=0)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('state', models.TextField(choices=[('chosen', 'Chosen'), ('held', 'Held'), ('paid', 'Paid'), ('returned', 'Returned'), ('left out', 'Left Out'), ('freed', 'Freed')], default='chosen')),
                ('reason', models.TextField(blank=True, default='')),
                ('expense', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='spending.expense')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='spending.payrun')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='payrun',
            constraint=models.UniqueConstraint(fields=('host', 'number'), name='pay_run_number'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['chosen', 'held'])), fields=('expense',), name='one_living_pay_run'),
        ),
    ]
