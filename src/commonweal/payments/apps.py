"""Django's name for this app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payments."""

    name = "commonweal.payments"
    label = "payments"
