"""Letters about donation receipts: it is here, or this is what it still needs."""

from __future__ import annotations

from datetime import date

from django.core import mail

from commonweal.mail import reader
from commonweal.papers import actions, tasks
from commonweal.papers.models import Paper
from commonweal.people import actions as people
from papers.conftest import LAST_YEAR, NATIONAL, charge_of, said

MAY = date(LAST_YEAR, 5, 1)


def read_all() -> dict[str, str]:
    while reader.read():
        pass
    return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}


def test_a_round_tells_who_has_a_receipt_and_asks_the_others(came, alice, bob, known, guest, carol):
    shop = people.create_organization(name="Seed Shop", by=bob)
    came("50.00", on=MAY)
    gift = came("50.00", on=MAY, giver=guest)
    came("50.00", on=MAY, giver=shop, by=bob)
    said(alice, number=NATIONAL)
    read_all()
    mail.outbox.clear()

    actions.start_round(host=known, kind="belgian", year=LAST_YEAR, by=carol)
    tasks.carry_on()

    told = read_all()
    assert set(told) == {"alice@example.org", "nour@example.org", "bob@example.org"}
    assert f"/papers/{Paper.objects.get().secret}.pdf" in told["alice@example.org"]
    assert f"/contributions/{gift.secret}/details" in told["nour@example.org"]
    assert "attestation de dons 2025" in told["nour@example.org"]
    assert "/papers/details/seed-shop" in told["bob@example.org"]
    assert not [letter for letter in told.values() if NATIONAL in letter]


def test_the_letter_that_money_came_leads_to_the_receipt_and_asking_for_it_sends_none(came, alice):
    gift = came()
    assert f"/contributions/{gift.secret}/receipt.pdf" in read_all()["alice@example.org"]
    mail.outbox.clear()

    actions.give_receipt(charge=charge_of(gift), by=alice)

    assert not read_all()
