"""Where collectives are at home."""

from django.db import models


class Place(models.Model):
    """A city of more than 15,000 people (from GeoNames), or a district of one."""

    class Kind(models.TextChoices):
        """How large it is."""

        CITY = "city"
        DISTRICT = "district"

    geoname_id = models.BigIntegerField(unique=True, null=True)
    kind = models.TextField(choices=Kind, default=Kind.CITY)
    slug = models.SlugField(max_length=90, unique=True)
    name = models.TextField()
    names = models.JSONField(default=dict)
    country = models.CharField(max_length=2)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="districts")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.IntegerField(default=0)

    def __str__(self) -> str:
        """Show the name."""
        return self.name
