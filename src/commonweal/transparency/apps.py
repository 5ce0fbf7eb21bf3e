"""Django's name for this app."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """The transparency log."""

    name = "commonweal.transparency"
    label = "transparency"
