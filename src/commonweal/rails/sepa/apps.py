"""Django's name for this rail, so that its fragment is found."""

from django.apps import AppConfig


class SepaConfig(AppConfig):
    """Files of the euro area, and direct debits."""

    name = "commonweal.rails.sepa"
    label = "sepa"
