"""Let people say that they wish to be found."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_alarm'),
    ]

    operations = [
        migrations.AddField(
            model_name='party',
            name='findable',
            field=models.BooleanField(default=False),
        ),
    ]
