"""Run `sql/0007_resume.sql`."""

from importlib import resources

from django.db import migrations, models

SQL = resources.files("commonweal.ledger").joinpath("sql/0007_resume.sql").read_text()


class Migration(migrations.Migration):
    """Remember where a full batch ended, and run the file as it stands."""

    dependencies = [("ledger", "0006_chart")]
    operations = [
        migrations.AddField(
            "sequencer", "resume_id", models.BigIntegerField(default=0, db_default=0)
        ),
        migrations.RunSQL(SQL),
    ]
