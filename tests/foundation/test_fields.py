"""Bank accounts stand encrypted, and keys can be changed."""

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection
from pytest_django.fixtures import Settings

from commonweal.foundation.fields import EncryptedBytesField, EncryptedField, blind


def test_what_is_stored_cannot_be_read_and_comes_back() -> None:
    field = EncryptedField()

    stored = field.get_prep_value("BE71096123456769")

    assert "BE71" not in stored
    assert field.from_db_value(stored) == "BE71096123456769"


def test_bytes_cannot_be_read_either_and_come_back_the_same() -> None:
    field = EncryptedBytesField()

    stored = bytes(field.get_db_prep_value(b"%PDF \x00\xff", connection).obj)

    assert b"PDF" not in stored
    assert field.from_db_value(memoryview(stored)) == b"%PDF \x00\xff"
    assert field.from_db_value(field.get_db_prep_value(b"", connection).obj) == b""


def test_nothing_stays_nothing() -> None:
    field = EncryptedField()
    assert field.get_prep_value("") == ""
    assert field.from_db_value("") == ""


def test_an_older_key_still_reads(settings: Settings) -> None:
    field = EncryptedField()
    settings.FIELD_KEYS = ["old"]
    stored = field.get_prep_value("secret")

    settings.FIELD_KEYS = ["new", "old"]
    assert field.from_db_value(stored) == "secret"

    settings.FIELD_KEYS = ["new"]
    with pytest.raises(InvalidToken):
        field.from_db_value(stored)


def test_what_stands_for_a_text_is_the_same_under_a_new_key_and_says_nothing(
    settings: Settings,
) -> None:
    settings.FIELD_KEYS = ["old"]
    stands = blind("BE71096123456769")
    settings.FIELD_KEYS = ["new", "old"]

    assert blind("BE71096123456769") == stands
    assert blind("BE68539007547034") != stands
    assert "BE71" not in stands
    assert blind("") == ""
