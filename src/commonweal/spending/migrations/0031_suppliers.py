"""Know suppliers, ask guests where to pay them, and keep what was typed."""

import commonweal.foundation.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0006_categoryanswer'),
        ('people', '0006_party_legal_form'),
        ('spending', '0030_filing'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collectives.collective')),
                ('payee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='account_requests', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='Supplier',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='supplier', serialize=False, to='people.party')),
                ('number', models.TextField(blank=True, default='')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suppliers', to='collectives.collective')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('collective', 'number'), name='one_supplier_of_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Unsent',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('title', commonweal.foundation.fields.EncryptedField(blank=True, default='')),
                ('typed', commonweal.foundation.fields.EncryptedField()),
                ('papers', models.JSONField(default=list)),
                ('saved_at', models.DateTimeField()),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='collectives.collective')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsent', to='people.party')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'collective', '-saved_at'], name='unsent_of_a_person'), models.Index(fields=['saved_at'], name='unsent_by_age')],
            },
        ),
    ]
