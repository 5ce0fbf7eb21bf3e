"""By which identifier a host collects."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hosting', '0003_districts'),
    ]

    operations = [
        migrations.AddField(
            model_name='host',
            name='creditor_id',
            field=models.TextField(blank=True, default=''),
        ),
    ]
