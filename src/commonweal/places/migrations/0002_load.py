"""Load the cities of the world, and the communes of Brussels."""

from __future__ import annotations

import csv
import gzip
import io
from importlib import resources

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from commonweal.places.queries import plain

CITY_COLUMNS = "geoname_id, kind, slug, name, names, words, country, latitude, longitude, population, postal_code"
DATA = resources.files("commonweal.places").joinpath("data")


def words(*names: str) -> str:
    """Return every name between bars."""
    return "|" + "|".join(dict.fromkeys(plain(name) for name in names if name)) + "|"


def load(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Copy both files in."""
    text = gzip.decompress(DATA.joinpath("cities.csv.gz").read_bytes()).decode()
    statement = f"COPY places_place ({CITY_COLUMNS}) FROM STDIN"
    with editor.connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in csv.DictReader(io.StringIO(text)):
            names = words(row["name"], *row["other_names"].split("|"))
            copy.write_row((
                row["geoname_id"], "city", row["slug"], row["name"], "{}", names, row["country"],
                row["latitude"], row["longitude"], row["population"], "",
            ))  # fmt: skip
    _load_communes(apps)


def _load_communes(apps: Apps) -> None:
    place = apps.get_model("places", "Place")
    city = place.objects.get(slug="brussels")
    city.names = {"en": "Brussels", "fr": "Bruxelles", "nl": "Brussel"}
    city.save()
    rows = list(csv.DictReader(io.StringIO(DATA.joinpath("brussels.csv").read_text("utf-8"))))
    for row in rows:  # GeoNames has the larger communes as cities of their own
        place.objects.filter(
            country="BE", kind="city", words__contains=words(row["fr"]), names={}
        ).delete()
    place.objects.bulk_create(
        place(
            kind="district", slug=row["slug"], name=row["fr"], country="BE", parent=city,
            names={"fr": row["fr"], "nl": row["nl"], "en": row["fr"]},
            words=words(row["fr"], row["nl"], row["postal_code"]),
            postal_code=row["postal_code"], latitude=row["latitude"], longitude=row["longitude"],
            tile_row=row["row"], tile_column=row["column"],
        )
        for row in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    """Load them once."""

    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
