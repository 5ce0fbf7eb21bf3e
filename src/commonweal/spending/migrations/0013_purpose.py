"""What a grant is for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('spending', '0012_more_states'),
    ]

    operations = [
        migrations.AddField(
            model_name='expense',
            name='purpose',
            field=models.TextField(blank=True, default=''),
        ),
    ]
