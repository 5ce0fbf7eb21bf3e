"""`commonweal rotate-keys`: write what stands encrypted anew, under the first of the field keys."""

from __future__ import annotations

import argparse
import tempfile
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction

from commonweal.banking.actions.taking import stored
from commonweal.banking.models import BankFile
from commonweal.foundation.fields import EncryptedBytesField, EncryptedField
from commonweal.foundation.sealed import opened

_AT_A_TIME = 500
_FIELD = EncryptedField()
_SEALED = (EncryptedField, EncryptedBytesField)


def run(_: argparse.Namespace) -> int:
    """Say how much was written anew; then the older keys can go from COMMONWEAL_FIELD_KEYS."""
    count = sum(_again(model) for model in apps.get_models()) + _locks_again() + _files_again()
    print(f"{count} rows stand under the first key now. The other keys can go.")
    print("Backups made before need them still: keep them with those backups.")
    return 0


def _again(model: type[models.Model]) -> int:
    """Write the encrypted columns of one table anew; return in how many rows."""
    names = [one.name for one in model._meta.concrete_fields if isinstance(one, _SEALED)]
    if not names:
        return 0
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_A_TIME):
        with transaction.atomic():
            rows = model._default_manager.select_for_update().filter(
                pk__in=keys[start : start + _AT_A_TIME]
            )
            model._default_manager.bulk_update(list(rows), names)
    return len(keys)


def _files_again() -> int:
    """Write the files that stand encrypted anew, each under a new name; return how many."""
    for file in BankFile.objects.order_by("pk"):
        with tempfile.TemporaryFile() as plain:
            with file.file.open("rb") as kept:
                plain.writelines(opened(kept))
            before = str(file.file.name)
            file.file.name = stored(plain)
        file.save(update_fields=["file"])
        default_storage.delete(before)
    return BankFile.objects.count()


@transaction.atomic
def _locks_again() -> int:
    """Write the secrets of apps and recovery codes anew, which stand within JSON."""
    locks = list(Authenticator.objects.select_for_update().exclude(type="webauthn"))
    for lock in locks:
        lock.data = {name: _secret_again(value) for name, value in lock.data.items()}
        lock.save(update_fields=["data"])
    return len(locks)


def _secret_again(value: Any) -> Any:
    """Return a secret under the first key; what is none stays as it is."""
    try:
        return _FIELD.get_prep_value(_FIELD.from_db_value(value))
    except (InvalidToken, AttributeError):
        return value
