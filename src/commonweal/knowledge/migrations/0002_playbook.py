"""Add playbooks and their versions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collectives', '0005_activity'),
        ('knowledge', '0001_initial'),
        ('people', '0003_party_findable'),
    ]

    operations = [
        migrations.CreateModel(
            name='Playbook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=90, unique=True)),
                ('title', models.TextField()),
                ('latest', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='playbooks', to='collectives.collective')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collectives.theme')),
            ],
        ),
        migrations.CreateModel(
            name='PlaybookVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('document', models.JSONField()),
                ('changed', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('playbook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='knowledge.playbook')),
            ],
        ),
        migrations.AddIndex(
            model_name='playbook',
            index=models.Index(fields=['collective', '-id'], name='knowledge_p_collect_b1f2f9_idx'),
        ),
        migrations.AddIndex(
            model_name='playbook',
            index=models.Index(fields=['theme', '-id'], name='knowledge_p_theme_i_6d529e_idx'),
        ),
        migrations.AddConstraint(
            model_name='playbookversion',
            constraint=models.UniqueConstraint(fields=('playbook', 'number'), name='playbook_version_once'),
        ),
    ]
