"""A euro a month by standing order: promised on a phone, found by the bank's file, stopped by mail.

Gita has no account and no scripts. The host asks nothing for its work, so that nothing is kept of
her euro. Carol keeps the host's books at a desk; each page is checked by axe.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from browser.browsers import DESK, Reader
from cast import IBAN, person
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Host
from commonweal.people import actions as people
from commonweal.people.models import Role
from commonweal.places.models import Place
from doings import hosted
from stories.test_a_group_is_born import signs_in

GITA = "gita@example.org"
EURO = Money(1_00, "EUR")


@pytest.fixture
def free_host(site: str) -> Host:
    """Let a host that keeps nothing hold the money of Roof, and Carol keep its books."""
    brussels = Place.objects.get(slug="brussels")
    hana = people.set_up(
        name="Commonweal Brussels", admin_name="Hana Wouters", admin_email="hana@example.org",
        place=brussels,
    ).person  # fmt: skip
    house = people.create_organization(name="Commons House", by=hana, place=brussels)
    host = hosting.become_host(
        organization=house, by=hana, fee_ppm=0, iban=IBAN, bic="GKCCBEBB",
        account_holder="Commons House VZW",
    )  # fmt: skip
    people.grant(person=person("Carol Diaz"), party=house, role=Role.ACCOUNTANT, by=hana)
    hosted("Roof", person("Bob Haddad"), host, hana, brussels)
    return host


@pytest.mark.usefixtures("free_host", "worker")
def test_a_euro_a_month_finds_its_way_and_is_stopped_in_two_clicks(
    somebody: Callable[..., Reader],
) -> None:
    gita = somebody()
    gita.goes_to("/roof/give")
    gita.types(own="1", name="Gita", email=GITA)
    gita.page.get_by_label("Every month").check()
    gita.presses("Give")
    reference = re.search(r"\+\+\+[\d/]{14}\+\+\+", gita.page.inner_text("main"))
    assert reference is not None, gita.page.inner_text("main")
    gita.reads("standing order")

    carol = somebody(viewport=DESK)
    carol.goes_to("/sign-in")
    signs_in(carol, "carol@example.org")
    carol.goes_to("/commons-house/hosting/bank")
    carol.page.locator('[name="file"]').set_input_files(
        {"name": "bank.xml", "mimeType": "text/xml", "buffer": statement(reference.group())}
    )
    carol.presses("Read it")
    carol.goes_to("/commons-house/hosting/bank")
    carol.waits_for("Roof")

    opened = letter(gita)
    gita.goes_to(opened)  # the first click: the link in the letter
    for words in ("€1.00 a month", "Goes on", "What came lately"):
        gita.reads(words)
    gita.presses("Stop this gift")  # and the second
    gita.reads("Nothing more is asked for.")

    gita.presses("The newest receipt")
    for words in ("Bank transfer, fee", "Host fee, 0%", "The group got"):
        gita.reads(words)
    assert gita.page.locator(".sums dd").all_inner_texts()[-1].replace("\n", "") == "€1.00"


def statement(reference: str) -> bytes:
    """Write what the bank shows of Gita's first euro."""
    line = Line(
        amount=EURO, booked_on=clock.today(), text="", iban="BE68539007547034", name="G Rao",
        bank_ref="B1", reference=reference,
    )  # fmt: skip
    return camt([line], account=IBAN, opening=Money(0, "EUR"), version=8)


def letter(reader: Reader) -> str:
    """Return the address in the letter that says that the money came."""
    mailbox = Reader(reader.context, reader.watcher, reader.site)
    mailbox.goes_to(f"/mailbox?to={GITA}")
    mailbox.waits_for("has your")
    mailbox.presses("Roof has your €1.00")
    found = re.search(r"/gifts/\S+", mailbox.page.inner_text("main"))
    assert found is not None, mailbox.page.inner_text("main")
    mailbox.page.close()
    return found.group()
