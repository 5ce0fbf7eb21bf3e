"""Name the kind of a line that is one side of money that a host exchanged."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('banking', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='match',
            name='kind',
            field=models.TextField(choices=[('gift', 'Gift'), ('gift_back', 'Gift Back'), ('refund', 'Refund'), ('payout', 'Payout'), ('payout_back', 'Payout Back'), ('return', 'Return'), ('own', 'Own'), ('exchange', 'Exchange')]),
        ),
    ]
