"""Add the words by which people look for a theme."""

import csv
import io
from importlib import resources

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Take the words from the file."""
    theme = apps.get_model("collectives", "Theme")
    text = resources.files("commonweal.collectives").joinpath("data/themes.csv").read_text("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        theme.objects.filter(slug=row["slug"]).update(words=row["words"])


class Migration(migrations.Migration):
    """Add the column, then fill it."""

    dependencies = [("collectives", "0002_themes")]
    operations = [
        migrations.AddField("theme", "words", models.TextField(blank=True, default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
