"""Django's name for this app."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """Banking."""

    name = "commonweal.banking"
    label = "banking"
