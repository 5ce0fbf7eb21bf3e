"""Where collectives are at home."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Place(models.Model):
    """A city of more than 15,000 people (from GeoNames), or a district of one.

    `names` are its names by language where it has official ones; `words` is every name it is known
    by, in small letters without accents. A district may have a place on its city's tile map.
    """

    class Kind(models.TextChoices):
        """How large it is."""

        CITY = "city"
        DISTRICT = "district"

    geoname_id = models.BigIntegerField(unique=True, null=True)
    kind = models.TextField(choices=Kind, default=Kind.CITY)
    slug = models.SlugField(max_length=90, unique=True)
    name = models.TextField()
    names = models.JSONField(default=dict)
    words = models.TextField(default="")
    postal_code = models.TextField(default="", blank=True)
    tile_row = models.SmallIntegerField(null=True, blank=True)
    tile_column = models.SmallIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="districts")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.IntegerField(default=0)

    class Meta:
        """Find places by any of their names, the largest first."""

        indexes = [
            GinIndex(fields=["words"], name="place_by_words", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["parent", "name"]),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name

    @property
    def city(self) -> "Place":
        """The city it is part of, or itself."""
        return self.parent or self
