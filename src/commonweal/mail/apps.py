"""Django's name for this face."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail."""

    name = "commonweal.mail"
    label = "mail"
