"""Django's name for this face."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web."""

    name = "commonweal.web"
    label = "web"
