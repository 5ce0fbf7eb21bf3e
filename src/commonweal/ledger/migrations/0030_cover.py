"""Name the kind of a loss that the host bears."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0020_unplaced'),
    ]

    operations = [
        migrations.AlterField(
            model_name='daysum',
            name='kind',
            field=models.SmallIntegerField(choices=[(1, 'Gift'), (2, 'Host fee'), (3, 'Payment fee'), (4, 'Platform fee'), (5, 'Expense'), (6, 'Refund'), (7, 'Transfer'), (8, 'Opening balance'), (9, 'Arrival'), (10, 'Payout'), (11, 'Conversion'), (12, 'Correction'), (13, 'Loss borne by the host')]),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.SmallIntegerField(choices=[(1, 'Gift'), (2, 'Host fee'), (3, 'Payment fee'), (4, 'Platform fee'), (5, 'Expense'), (6, 'Refund'), (7, 'Transfer'), (8, 'Opening balance'), (9, 'Arrival'), (10, 'Payout'), (11, 'Conversion'), (12, 'Correction'), (13, 'Loss borne by the host')]),
        ),
        migrations.AlterField(
            model_name='monthsum',
            name='kind',
            field=models.SmallIntegerField(choices=[(1, 'Gift'), (2, 'Host fee'), (3, 'Payment fee'), (4, 'Platform fee'), (5, 'Expense'), (6, 'Refund'), (7, 'Transfer'), (8, 'Opening balance'), (9, 'Arrival'), (10, 'Payout'), (11, 'Conversion'), (12, 'Correction'), (13, 'Loss borne by the host')]),
        ),
        migrations.AlterField(
            model_name='transaction',
            name='kind',
            field=models.SmallIntegerField(choices=[(1, 'Gift'), (2, 'Host fee'), (3, 'Payment fee'), (4, 'Platform fee'), (5, 'Expense'), (6, 'Refund'), (7, 'Transfer'), (8, 'Opening balance'), (9, 'Arrival'), (10, 'Payout'), (11, 'Conversion'), (12, 'Correction'), (13, 'Loss borne by the host')]),
        ),
    ]
