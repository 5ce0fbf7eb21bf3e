"""What django-allauth asks of us: whom a login shows, where secrets go, what it may say."""

from __future__ import annotations

from typing import Any, override

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonweal.foundation.fields import EncryptedField
from commonweal.people.models import Login
from commonweal.people.queries import instance


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in without passwords, in our own words."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody joins through pages that are not ours."""
        return False

    @override
    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Never there: `reauthentication_required` stands before every such page instead.

        It also asks people who have neither passkey nor app, whom django-allauth would let pass.
        """
        return False

    @override
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what went wrong in our words; what went well, the next page shows."""
        if level >= messages.ERROR:
            messages.error(request, str(message or _("That did not work. Try again.")))


class SecondLockAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and authenticator apps."""

    @override
    def encrypt(self, text: str) -> str:
        """Keep the app's secret and recovery codes unreadable in the database."""
        return str(EncryptedField().get_prep_value(text))

    @override
    def decrypt(self, encrypted_text: str) -> str:
        """Read them back."""
        return EncryptedField().from_db_value(encrypted_text)

    @override
    def is_mfa_enabled(self, user: Login, types: list[str] | None = None) -> bool:
        """Only an app locks twice: a passkey is another way in, not one more thing to lose."""
        if types and Authenticator.Type.TOTP in types:
            types = [Authenticator.Type.TOTP]
        return bool(super().is_mfa_enabled(user, types))

    @override
    def get_totp_issuer(self) -> str:
        """Name this server in people's apps."""
        return self._get_site_name()

    @override
    def _get_site_name(self) -> str:
        site = instance()
        return site.name if site else "Commonweal"

    @override
    def get_public_key_credential_user_entity(self, user: Login) -> dict[str, Any]:
        """Name the person on their own device."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.person.name}

    @override
    def generate_authenticator_name(self, user: Login, type: str) -> str:
        """Call passkeys Passkey 1, Passkey 2 and so on."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
