"""Remember whom each week was told."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0003_letter_stop'),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('monday', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person_id', 'monday'), name='each_week_told_once')],
            },
        ),
    ]
