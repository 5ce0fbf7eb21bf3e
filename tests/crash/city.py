"""What every scene finds: Bob's Gardens at Commons House, and a way to carry on after a kill."""

from __future__ import annotations

from typing import Any

import cast
from commonweal.collectives.models import Collective
from commonweal.giving import tasks as giving
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Host
from commonweal.ledger.actions import advance
from commonweal.ledger.models import Account, Purpose
from commonweal.ledger.queries import balances, discrepancies
from commonweal.payments import queries as payments
from commonweal.payments import tasks as payment_tasks
from commonweal.people import actions as people
from commonweal.people.models import Login, Party
from commonweal.places.models import Place
from commonweal.worker import inbox


def found() -> None:
    """Let Bob's Gardens be hosted by Hana's Commons House."""
    hana, bob = cast.person("Hana Wouters"), cast.person("Bob Haddad")
    cast.person("Alice Peeters")
    brussels = Place.objects.get(slug="brussels")
    house = people.create_organization(name="Commons House", by=hana, place=brussels)
    commons = hosting.become_host(
        organization=house, by=hana, fee_ppm=50_000, iban=cast.IBAN, bic="GKCCBEBB",
        account_holder="Commons House VZW",
    )  # fmt: skip
    gardens = cast.start(bob, brussels, "Gardens")
    application = hosting.apply(collective=gardens, host=commons, message="Hello", by=bob)
    hosting.approve(application=application, by=hana)


def somebody(name: str) -> Party:
    """Return alice, bob or hana."""
    return Login.objects.select_related("person").get(email=f"{name}@example.org").person


def gardens() -> Collective:
    """Return Gardens."""
    return Collective.objects.get(slug="gardens")


def commons() -> Host:
    """Return Commons House."""
    return Host.objects.select_related("party").get(party__slug="commons-house")


def carry_on() -> None:
    """Do what the worker does after a start, until there is nothing left to do."""
    while inbox.read() + payment_tasks.resume() + giving.resume():
        pass


def books() -> dict[str, Any]:
    """Return what is wrong with the books (should be nothing), and what accounts hold."""
    while advance():
        pass
    accounts = {one.pk: one for one in Account.objects.all()}
    held = {pk: money.minor for pk, money in balances(accounts).items()}
    sums: dict[str, int] = {}
    for pk, account in accounts.items():
        name = Purpose(account.purpose).name
        sums[name] = sums.get(name, 0) + held[pk]
    wrong = [str(one) for one in [*discrepancies(), *payments.unexplained()]]
    return {"wrong": wrong, "held": sums}
