"""Let updates have pictures."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0004_asking'),
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to='updates/')),
                ('alt', models.TextField()),
                ('width', models.IntegerField()),
                ('height', models.IntegerField()),
                ('update', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='knowledge.update')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
