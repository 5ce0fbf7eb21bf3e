"""Django's name for this app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers."""

    name = "commonweal.papers"
    label = "papers"
