"""More states of an expense, and what hosts and groups ask before they pay."""

import commonweal.foundation.fields
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


def schedule_what_is_chosen(apps, schema_editor):
    """What stands in a pay run that is prepared is scheduled from now on."""
    apps.get_model('spending', 'Expense').objects.filter(
        status='approved', payments__state='chosen'
    ).update(status='scheduled')


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_party_legal_form'),
        ('spending', '0011_pay_runs'),
    ]

    operations = [
        migrations.RunPython(schedule_what_is_chosen, migrations.RunPython.noop),
        migrations.CreateModel(
            name='ExpenseTerms',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='expense_terms', serialize=False, to='people.party')),
                ('currency', commonweal.foundation.fields.CurrencyField(max_length=3)),
                ('two_from_minor', models.BigIntegerField(blank=True, null=True)),
                ('accountant_from_minor', models.BigIntegerField(blank=True, null=True)),
                ('receipt_from_minor', models.BigIntegerField(blank=True, null=True)),
                ('within_days', models.IntegerField(blank=True, null=True)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), blank=True, default=list)),
            ],
        ),
        migrations.AlterField(
            model_name='expense',
            name='kind',
            field=models.TextField(choices=[('reimbursement', 'Reimbursement'), ('invoice', 'Invoice'), ('grant', 'Grant')], default='reimbursement'),
        ),
        migrations.AlterField(
            model_name='expense',
            name='status',
            field=models.TextField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('needs changes', 'Needs Changes'), ('approved', 'Approved'), ('on hold', 'On Hold'), ('scheduled', 'Scheduled'), ('in payment', 'In Payment'), ('paid', 'Paid'), ('returned', 'Returned'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='draft'),
        ),
    ]
