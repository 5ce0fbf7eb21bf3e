"""Django's name for this app, and what must be right before it starts."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured


class PaymentsConfig(AppConfig):
    """Payments."""

    name = "commonweal.payments"
    label = "payments"

    def ready(self) -> None:
        """Check the rails with everything else that Django checks."""
        checks.register(pretend_money_stays_in_demos, checks.Tags.security)


def pretend_money_stays_in_demos(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start with a pretend rail outside a demo, or with a rail that cannot be loaded."""
    from commonweal.payments import queries  # noqa: PLC0415 - models load only after apps

    try:
        queries.rails()
    except (ImproperlyConfigured, ImportError) as error:
        return [checks.Error(str(error), id="payments.E001")]
    return []
