"""Django's name for this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People."""

    name = "commonweal.people"
    label = "people"
