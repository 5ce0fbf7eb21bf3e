"""Django's name for this app."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Importing."""

    name = "commonweal.importing"
    label = "importing"
