"""Django's name for this app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """Activity."""

    name = "commonweal.activity"
    label = "activity"
