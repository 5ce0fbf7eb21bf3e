"""Model fields used in several apps."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


class CurrencyField(models.CharField):  # type: ignore[type-arg]
    """An ISO 4217 code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fix the length."""
        kwargs["max_length"] = 3
        super().__init__(*args, **kwargs)


def cipher() -> MultiFernet:
    """Return a cipher that writes with the first of the field keys and reads with any of them."""
    return MultiFernet([Fernet(_derived(secret)) for secret in settings.FIELD_KEYS])


def _derived(secret: str) -> bytes:
    hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"commonweal field")
    return base64.urlsafe_b64encode(hkdf.derive(secret.encode()))


def blind(text: str) -> str:
    """Return what stands for a text in a search: the same for the same text, and never turned back.

    Made with the oldest of the field keys, so that a new key in front changes nothing.
    """
    if not text:
        return ""
    secret = _derived(settings.FIELD_KEYS[-1])
    return hmac.new(secret, text.encode(), sha256).hexdigest()[:32]


class EncryptedField(models.TextField):  # type: ignore[type-arg]
    """Text that stands encrypted in the database (Fernet: AES-128-CBC with HMAC-SHA-256).

    It cannot be searched or sorted by.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        return cipher().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> str:
        """Decrypt on the way out."""
        return cipher().decrypt(value.encode()).decode() if value else ""


class EncryptedBytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes that stand encrypted in the database, as the text of an `EncryptedField` does."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        """Encrypt on the way in."""
        sealed = base64.urlsafe_b64decode(cipher().encrypt(bytes(value))) if value else b""
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, *_: Any) -> bytes:
        """Decrypt on the way out."""
        return cipher().decrypt(base64.urlsafe_b64encode(bytes(value))) if value else b""
