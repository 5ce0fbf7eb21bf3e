"""Django's name for this app."""

from django.apps import AppConfig


class CollectivesConfig(AppConfig):
    """Collectives."""

    name = "commonweal.collectives"
    label = "collectives"
