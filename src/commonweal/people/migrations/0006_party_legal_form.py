"""Let organizations say what they are before the law."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_party_rhythm'),
    ]

    operations = [
        migrations.AddField(
            model_name='party',
            name='legal_form',
            field=models.TextField(
                blank=True,
                choices=[
                    ('company', 'Company'), ('association', 'Association'),
                    ('foundation', 'Foundation'), ('public body', 'Public Body'),
                ],
                default='',
            ),
        ),
    ]
