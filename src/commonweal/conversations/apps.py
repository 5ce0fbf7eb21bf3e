"""Django's name for this app."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations."""

    name = "commonweal.conversations"
    label = "conversations"
