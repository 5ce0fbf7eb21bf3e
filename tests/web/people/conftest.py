"""Readers who sign in, and the code of the letter they got."""

import re

import pytest
from django.core import mail
from django.test import Client

from commonweal.people import actions


@pytest.fixture
def nadia(db):
    return actions.sign_up(email="nadia@example.org", name="Nadia El Amrani")


@pytest.fixture
def latest_code():
    """Return the code of the newest letter."""
    return lambda: re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)


@pytest.fixture
def signed_in(latest_code):
    """Sign in as people do, so that the session knows how."""

    def sign_in(login):
        client = Client()
        client.post("/sign-in", {"email": login.email})
        client.post("/sign-in/code", {"code": latest_code()})
        return client

    return sign_in


@pytest.fixture
def as_nadia(signed_in, nadia):
    return signed_in(nadia)
