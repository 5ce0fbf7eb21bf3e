"""Django's name for this app."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    """Discovery."""

    name = "commonweal.discovery"
    label = "discovery"
