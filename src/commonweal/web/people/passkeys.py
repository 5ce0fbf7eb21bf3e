"""Forms that take what a passkey answered; nonsense is refused instead of stumbled over."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn import forms as theirs
from django import forms
from django.utils.translation import gettext as _

# What reading an answer of the wrong shape can end in.
_NONSENSE = (AttributeError, KeyError, LookupError, TypeError, ValueError)


def _refusal() -> forms.ValidationError:
    return forms.ValidationError(_("This passkey did not work. Try again."))


class AddForm(theirs.AddWebAuthnForm):  # type: ignore[misc]
    """Add a passkey."""

    def clean(self) -> Any:
        """Check what the new passkey says about itself."""
        try:
            return super().clean()
        except _NONSENSE as error:
            raise _refusal() from error


class _Answer(theirs.AuthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except _NONSENSE as error:
            raise _refusal() from error


class SecondLockForm(_Answer):
    """Use a passkey after a mailed code."""


class SignInForm(_Answer, theirs.LoginWebAuthnForm):  # type: ignore[misc]
    """Sign in with a passkey alone."""


class ConfirmForm(_Answer, theirs.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Prove again who is there."""
