"""Count how often money was taken for gone and was not, and keep the day it went back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0020_debits'),
    ]

    operations = [
        migrations.AddField(
            model_name='charge',
            name='returned_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='charge',
            name='times_undone',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='payout',
            name='times_undone',
            field=models.SmallIntegerField(default=0),
        ),
    ]
