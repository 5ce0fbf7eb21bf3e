"""Django's name for this app."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Knowledge."""

    name = "commonweal.knowledge"
    label = "knowledge"
