"""Django's name for this app."""

from django.apps import AppConfig


class GivingConfig(AppConfig):
    """Giving."""

    name = "commonweal.giving"
    label = "giving"
