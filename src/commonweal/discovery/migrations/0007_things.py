"""List activities, updates and playbooks beside their groups; run `sql/0007_things.sql`."""

from importlib import resources

from django.db import migrations, models

SQL = resources.files("commonweal.discovery").joinpath("sql/0007_things.sql").read_text()


class Migration(migrations.Migration):
    """Name the new kinds, then let everything be listed anew."""

    dependencies = [
        ("discovery", "0004_activitycost"),
        ("people", "0001_initial"),
    ]
    operations = [
        migrations.AlterField(
            model_name="listing",
            name="kind",
            field=models.TextField(choices=[("group", "Group"), ("activity", "Activity"), ("update", "Update"), ("playbook", "Playbook"), ("host", "Host"), ("organization", "Organization"), ("person", "Person")]),
        ),
        migrations.RunSQL(SQL),
    ]
