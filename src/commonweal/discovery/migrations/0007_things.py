"""List activities, updates and playbooks beside groups, and keep what one group handed another."""

from importlib import resources

import django.db.models.deletion
from django.db import migrations, models

SQL = resources.files("commonweal.discovery").joinpath("sql/0007_things.sql").read_text()


class Migration(migrations.Migration):
    """Name the new kinds, let everything be listed anew, make room for what is handed on."""

    dependencies = [
        ("discovery", "0006_more_of_costs"),
        ("collectives", "0005_activity"),
        ("knowledge", "0002_playbook"),
        ("people", "0001_initial"),
    ]
    operations = [
        migrations.AlterField(
            model_name="listing",
            name="kind",
            field=models.TextField(choices=[("group", "Group"), ("activity", "Activity"), ("update", "Update"), ("playbook", "Playbook"), ("host", "Host"), ("organization", "Organization"), ("person", "Person")]),
        ),
        migrations.RunSQL(SQL),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("collective", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="handover", serialize=False, to="collectives.collective")),
                ("checklist", models.JSONField(default=list)),
                ("roles", models.JSONField(default=list)),
                ("prices", models.JSONField(default=list)),
                ("within", models.TextField(default="")),
                ("playbook", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="knowledge.playbook")),
            ],
        ),
    ]
