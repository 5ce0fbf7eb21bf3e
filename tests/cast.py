"""The people everybody knows: Alice gives, Bob runs Gardens, Carol and Hana keep Commons House."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective, Theme
from commonweal.foundation import clock
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Host
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place

IBAN = "BE71096123456769"


def person(name: str) -> Party:
    """Return a person who signs in with `<first name>@example.org`."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return people.sign_up(email=email, name=name).person


@pytest.fixture
def alice(db: None) -> Party:
    """Return Alice, who gives."""
    return person("Alice Peeters")


@pytest.fixture
def bob(db: None) -> Party:
    """Return Bob, who runs Gardens."""
    return person("Bob Haddad")


@pytest.fixture
def dan(db: None) -> Party:
    """Return Dan, a stranger."""
    return person("Dan Okafor")


@pytest.fixture
def hana(db: None) -> Party:
    """Return Hana, admin of Commons House."""
    return person("Hana Wouters")


@pytest.fixture
def carol(commons: Host, hana: Party) -> Party:
    """Return Carol, accountant of Commons House."""
    carol = person("Carol Belkacem")
    people.grant(person=carol, party=commons.party, role=Role.ACCOUNTANT, by=hana)
    return carol


@pytest.fixture
def brussels(db: None) -> Place:
    """Return the city."""
    return Place.objects.get(slug="brussels")


@pytest.fixture
def commons(hana: Party, brussels: Place) -> Host:
    """Return Commons House, a host that keeps five percent."""
    house = people.create_organization(name="Commons House", by=hana, place=brussels)
    return hosting.become_host(
        organization=house,
        by=hana,
        fee_ppm=50_000,
        iban=IBAN,
        bic="GKCCBEBB",
        account_holder="Commons House VZW",
    )


@pytest.fixture
def seedlings(bob: Party, brussels: Place) -> Collective:
    """Return a draft of Bob's that nobody hosts yet."""
    return start(bob, brussels, "Seedlings")


@pytest.fixture
def gardens(bob: Party, hana: Party, commons: Host, brussels: Place) -> Collective:
    """Return Gardens, which Bob runs and Commons House hosts."""
    collective = start(bob, brussels, "Gardens")
    application = hosting.apply(collective=collective, host=commons, message="Hello", by=bob)
    hosting.approve(application=application, by=hana)
    return Collective.objects.get(pk=collective.pk)


def start(admin: Party, place: Place, name: str, currency: str = "EUR") -> Collective:
    """Return a new draft of somebody's."""
    return collectives.start(
        name=name,
        about="We grow food on roofs.",
        place=place,
        themes=Theme.objects.filter(slug="community-garden"),
        currency=currency,
        by=admin,
    )


@pytest.fixture
def browse() -> Callable[[Party | None], Client]:
    """Return a browser, signed in as somebody or as nobody."""

    def browser(reader: Party | None = None) -> Client:
        client = Client()
        if reader is not None:
            client.force_login(reader.login)
        return client

    return browser


@pytest.fixture
def sure(browse: Callable[[Party | None], Client]) -> Callable[[Party], Client]:
    """Return a browser whose reader proved a moment ago who they are."""

    def browser(person: Party) -> Client:
        client = browse(person)
        session = client.session
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session["account_authentication_methods"] = [
            {"method": "code", "at": clock.now().timestamp()}
        ]
        session.save()
        return client

    return browser
