"""How logins are looked up and made by Django's own machinery."""

from typing import Any

from django.contrib.auth.models import BaseUserManager


class LoginManager(BaseUserManager[Any]):
    """Finds logins by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Return the login with this e-mail address."""
        return self.get(email__iexact=username)
