"""Django's name for this app."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """Sandbox."""

    name = "commonweal.rails.sandbox"
    label = "sandbox"
