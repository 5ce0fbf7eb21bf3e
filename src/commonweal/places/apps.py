"""Django's name for this app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places."""

    name = "commonweal.places"
    label = "places"
