"""Django's name for this app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "commonweal.ledger"
    label = "ledger"
