"""View source: on a phone, without scripts, from the first page's question to a draft of one's own.

Nadia types what she wants to do, reads what it costs a group that does it already, starts from its
set-up, and asks a host. She types at most twelve things; each page is checked by axe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from browser.browsers import Reader
from cast import IBAN, person
from commonweal.discovery.actions import list_anew
from commonweal.foundation.money import Money
from commonweal.giving.actions import add_tier
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Application
from commonweal.knowledge.actions import write_playbook
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.places.models import Place
from doings import finished, hosted
from knowledge.test_playbooks import SWAP
from stories.test_a_group_is_born import signs_in

MOST = 12


@dataclass
class Pen:
    """Counts what somebody has to type or choose."""

    reader: Reader
    typed: int = 0

    def types(self, **fields: str) -> None:
        self.typed += len(fields)
        self.reader.types(**fields)

    def chooses(self, label: str) -> None:
        self.typed += 1
        self.reader.page.get_by_label(label).check()


@pytest.fixture
def a_city(site: str) -> Party:
    """Let four groups of Brussels have held seed swaps; one of them wrote down how."""
    brussels = Place.objects.get(slug="brussels")
    hana = people.set_up(
        name="Commonweal Brussels", admin_name="Hana Wouters", admin_email="hana@example.org",
        place=brussels,
    ).person  # fmt: skip
    house = people.create_organization(name="Commons House", by=hana, place=brussels)
    host = hosting.become_host(
        organization=house, by=hana, fee_ppm=50_000, iban=IBAN, bic="GKCCBEBB",
        account_holder="Commons House VZW",
    )  # fmt: skip
    bob = person("Bob Haddad")
    groups = [hosted(name, bob, host, hana, brussels) for name in ("Roof", "Yard", "Park", "Quay")]
    for number, group in enumerate([*groups, *groups[:2]]):
        finished(group, bob, venue=50_00 + 10_00 * number, food_drink=20_00)
    add_tier(collective=groups[0], name="A seed a month", amount=Money(5_00, "EUR"), by=bob)
    write_playbook(collective=groups[0], document=SWAP, by=bob)
    while list_anew():
        pass
    return hana


@pytest.mark.usefixtures("worker")
def test_a_question_on_the_first_page_becomes_a_group_of_ones_own(
    a_city: Party, somebody: Callable[..., Reader]
) -> None:
    nadia = somebody()
    pen = Pen(nadia)

    nadia.goes_to("/")
    pen.types(q="een moestuin beginnen")
    nadia.presses("Find")
    nadia.presses("Roof")
    reads_all(nadia, ["spent so far", "Where the money goes", "Venue"])

    nadia.presses("Start from this one")
    reads_all(nadia, ["the middle of 4 groups in Brussels", "2 steps of its checklist"])
    pen.types(name="Moestuin Nadia", about="Groenten voor de hele straat.")
    nadia.presses("Start")
    pen.typed += 2  # her address, and the code
    signs_in(nadia, "nadia@example.org")
    pen.types(name="Nadia Janssens")
    nadia.presses("Join")
    nadia.reads("Here is what you typed.")
    nadia.presses("Start")

    reads_all(nadia, ["Moestuin Nadia exists now", "Ask for the room", "Opens the door"])
    nadia.goes_to("/moestuin-nadia/plan")
    reads_all(nadia, ["Where the first amounts came from", "2 times €75"])
    nadia.goes_to("/moestuin-nadia/apply")
    pen.chooses("Commons House")
    pen.types(message="Six neighbours and a garden.")
    nadia.presses("Send the request")
    assert pen.typed <= MOST

    hosting.approve(
        application=Application.objects.get(collective__slug="moestuin-nadia"), by=a_city
    )
    nadia.goes_to("/moestuin-nadia")
    reads_all(nadia, ["The baton", "Roof", "A seed a month", "Plan for a year"])
    nadia.goes_to("/roof")
    reads_all(nadia, ["The baton", "Moestuin Nadia"])


def reads_all(reader: Reader, sights: Iterable[str]) -> None:
    for words in sights:
        reader.reads(words)
