"""Agree who bears what rails keep, and note who covered the fees."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('giving', '0012_alive'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='covers_fees',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='contribution',
            name='host_bears_rail_fee',
            field=models.BooleanField(default=False),
        ),
    ]
