"""Let people say how often they hear from the groups they follow."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_party_findable'),
    ]

    operations = [
        migrations.AddField(
            model_name='party',
            name='rhythm',
            field=models.TextField(choices=[('at_once', 'At Once'), ('weekly', 'Weekly'), ('never', 'Never')], default='at_once'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('rhythm', 'weekly')), fields=['id'], name='party_who_hears_weekly'),
        ),
    ]
