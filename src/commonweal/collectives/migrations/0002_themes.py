"""Fill the shared list of themes."""

import csv
import io
from importlib import resources

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Add a theme for each row of the file."""
    theme = apps.get_model("collectives", "Theme")
    text = resources.files("commonweal.collectives").joinpath("data/themes.csv").read_text("utf-8")
    theme.objects.bulk_create(
        theme(slug=row["slug"], names={language: row[language] for language in ("en", "fr", "nl")})
        for row in csv.DictReader(io.StringIO(text))
    )


class Migration(migrations.Migration):
    """Fill it once."""

    dependencies = [("collectives", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
