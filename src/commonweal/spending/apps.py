"""Django's name for this app."""

from django.apps import AppConfig


class SpendingConfig(AppConfig):
    """Spending."""

    name = "commonweal.spending"
    label = "spending"
