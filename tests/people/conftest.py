"""Alice, Bob and Dan sign in; Bob runs the organization Harbour."""

import pytest

from commonweal.people import actions


def joined(name):
    return actions.sign_up(email=f"{name.lower()}@example.org", name=name).person


@pytest.fixture
def alice(db):
    return joined("Alice")


@pytest.fixture
def bob(db):
    return joined("Bob")


@pytest.fixture
def dan(db):
    return joined("Dan")


@pytest.fixture
def harbour(bob):
    return actions.create_organization(name="Harbour", by=bob)
