"""Django's name for this rail, so that its fragment is found."""

from django.apps import AppConfig


class ManualConfig(AppConfig):
    """Bank transfers."""

    name = "commonweal.rails.manual"
    label = "manual"
