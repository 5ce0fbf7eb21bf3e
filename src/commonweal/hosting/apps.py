"""Django's name for this app."""

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Hosting."""

    name = "commonweal.hosting"
    label = "hosting"
