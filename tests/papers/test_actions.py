"""Papers are numbered without a gap, kept as they were, and corrected by new ones."""

from __future__ import annotations

import io
from argparse import Namespace
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from pypdf import PdfReader

from commonweal.cli import rotate_keys
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.giving import actions as giving
from commonweal.giving.models import Tier
from commonweal.papers import actions, queries, tasks
from commonweal.papers.models import Counter, Details, Paper, Round
from commonweal.papers.rules.sheets import read
from commonweal.people import actions as people
from papers.conftest import ENTERPRISE, EUR, LAST_YEAR, NATIONAL, charge_of, recognise, said


def text_of(paper: Paper) -> str:
    reader = PdfReader(io.BytesIO(paper.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tier(gardens, bob, kind="ticket"):
    found = giving.add_tier(collective=gardens, name="Spring dinner", amount=EUR("20"), by=bob)
    Tier.objects.filter(pk=found.pk).update(kind=kind)
    return Tier.objects.get(pk=found.pk)


def test_a_receipt_says_who_gave_what_and_is_the_same_bytes_ever_after(came, alice):
    gift = came("1234.50")

    first = actions.give_receipt(charge=charge_of(gift), by=alice)
    again = actions.give_receipt(charge=charge_of(gift), by=None, secret=gift.secret)

    assert again.pk == first.pk
    assert bytes(Paper.objects.get().content) == first.content
    assert queries.code(first) == "2026-R-00001"
    for words in ("Receipt for a gift", "Alice Peeters", "Gardens", "€1,234.50", "2 November 2026"):
        assert words in text_of(first)


def test_a_refund_makes_a_new_receipt_that_names_the_old_one_which_stays(came, alice, carol):
    gift = came("20.00")
    first = actions.give_receipt(charge=charge_of(gift), by=alice)
    giving.refund(contribution=gift, amount=EUR("5"), by=carol)

    second = actions.give_receipt(charge=charge_of(gift), by=alice)

    assert second.corrects == first
    assert (first.amount_minor, second.amount_minor) == (20_00, 15_00)
    told = text_of(second)
    assert "takes the place of 2026-R-00001. The amount was €20.00 and is €15.00." in told
    assert Paper.objects.get(pk=first.pk).content == first.content
    assert actions.give_receipt(charge=charge_of(gift), by=alice).pk == second.pk


def test_nothing_is_written_about_money_that_went_back_or_never_came(came, alice, carol, gardens):
    gift = came()
    giving.refund(contribution=gift, by=carol)
    promised = giving.pledge(
        collective=gardens, amount=EUR("9"), rail="transfer", contributor=alice, given_by=alice,
        by=alice,
    )  # fmt: skip

    with pytest.raises(actions.NothingKept):
        actions.give_receipt(charge=charge_of(gift), by=alice)
    with pytest.raises(actions.NotReached):
        actions.give_receipt(charge=charge_of(promised), by=alice)
    assert not Paper.objects.exists()


def test_what_is_rolled_back_leaves_no_gap(came, alice):
    gifts = [came(), came()]
    with transaction.atomic():
        actions.give_receipt(charge=charge_of(gifts[0]), by=alice)
        transaction.set_rollback(True)

    papers = [actions.give_receipt(charge=charge_of(one), by=alice) for one in gifts]

    assert [one.number for one in papers] == [1, 2]


def test_a_changed_name_makes_a_new_paper_on_demand_and_nothing_else_does(came, alice):
    paper = actions.give_receipt(charge=charge_of(came()), by=alice)
    with pytest.raises(actions.NothingChanged):
        actions.correct(paper=paper, by=alice)
    said(alice)

    new = actions.correct(paper=paper, by=alice)

    assert new.corrects == paper
    assert "The name was Alice Peeters and is Alice Peeters in full." in text_of(new)
    with pytest.raises(actions.NothingChanged):
        actions.correct(paper=paper, by=alice)


def test_an_overview_lists_a_year_by_group_and_waits_for_its_end(came, alice, commons):
    for month in (5, 2):
        came("30.00", on=date(LAST_YEAR, month, 3))
    came("7.77")

    paper = actions.give_overview(holder=alice, host=commons, year=LAST_YEAR, by=alice)

    told = text_of(paper)
    assert "Your gifts in 2025" in told
    assert told.index("3 Feb 2025") < told.index("3 May 2025") < told.index("€60.00")
    assert "7.77" not in told
    with pytest.raises(actions.NotOverYet):
        actions.give_overview(holder=alice, host=commons, year=2026, by=alice)


def test_an_invoice_is_for_organizations_and_for_what_was_sold(
    came, alice, gardens, bob, commons, hana
):
    shop = people.create_organization(name="Seed Shop", by=alice)
    sold, given = came(tier=tier(gardens, bob)), came()
    charge = charge_of(came("300.00", giver=shop, by=alice))

    with pytest.raises(actions.NothingToInvoice):
        actions.give_invoice(charge=charge_of(given), by=alice)
    with pytest.raises(actions.NoImprint):
        actions.give_invoice(charge=charge, by=alice)
    recognise(commons, hana)
    with pytest.raises(actions.NoAddress):
        actions.give_invoice(charge=charge, by=alice)
    said(shop, alice, number="0403 019 261")
    said(alice)

    papers = [actions.give_invoice(charge=one, by=alice) for one in (charge, charge_of(sold))]

    assert [queries.code(one) for one in papers] == ["2026-I-00001", "2026-I-00002"]
    for words in ("Seed Shop in full", ENTERPRISE, "€300.00", "Not subject to VAT, art. 44."):
        assert words in text_of(papers[0])
    assert "Spring dinner, Gardens" in text_of(papers[1])


def test_a_national_number_stands_on_the_belgian_receipt_alone(came, alice, known):
    gift = came("45.00", on=date(LAST_YEAR, 5, 1))
    said(alice, number=NATIONAL)

    receipt = actions.give_receipt(charge=charge_of(gift), by=alice)
    official = {
        kind: actions.give_donation_receipt(
            holder=alice, host=known, kind=kind, year=LAST_YEAR, by=alice
        )
        for kind in ("belgian", "french")
    }

    for words in (NATIONAL, "145³³", "EE-2024-77", "€45.00", "Nothing was or will be given"):
        assert words in text_of(official["belgian"])
    assert NATIONAL not in text_of(receipt) + text_of(official["french"])
    assert "quarante-cinq euros" in text_of(official["french"])
    assert official["french"].language == "fr"


def test_only_donations_within_the_recognition_count_for_the_tax_office(
    came, alice, known, gardens, bob, carol
):
    said(alice, number=NATIONAL)
    came("100.00", on=date(LAST_YEAR, 2, 1))  # before the recognition
    came("20.00", on=date(LAST_YEAR, 5, 1), tier=tier(gardens, bob, "membership"))
    back = came("41.00", on=date(LAST_YEAR, 6, 1))
    came("2.00", on=date(LAST_YEAR, 7, 1))
    asked = {"holder": alice, "host": known, "kind": "belgian", "year": LAST_YEAR, "by": alice}

    first = actions.give_donation_receipt(**asked)
    assert first.amount_minor == 43_00
    giving.refund(contribution=back, amount=EUR("2.50"), by=carol)
    with pytest.raises(actions.NotEnough):
        actions.give_donation_receipt(**{**asked, "year": 2024})
    assert actions.correct(paper=first, by=alice).amount_minor == 40_50


def test_a_host_that_is_not_recognised_gives_out_none(came, alice, commons, hana, carol):
    came("50.00", on=date(LAST_YEAR, 5, 1))
    for mark in ({}, {"in_belgium": False, "in_france": False}):
        if mark:
            recognise(commons, hana, **mark)
        with pytest.raises(actions.NotEntitled):
            actions.start_round(host=commons, kind="belgian", year=LAST_YEAR, by=carol)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"belgian_reference": ""}, actions.NotRecognised),
        ({"belgian_since": None}, actions.NotRecognised),
        ({"purpose": ""}, actions.NotRecognised),
        ({"number": ""}, actions.NumberMissing),
        ({"belgian_until": date(2020, 1, 1)}, actions.WrongWayRound),
        ({"number": "12345"}, Refused),
    ],
)
def test_a_host_cannot_say_half_of_what_is_needed(commons, hana, wrong, refusal):
    with pytest.raises(refusal):
        recognise(commons, hana, **wrong)


@pytest.fixture
def givers(came, known):
    """Let seven guests and others give last year: five are complete, one is not, one gave less."""
    found = []
    for number in range(7):
        guest = people.ensure_guest(email=f"g{number}@example.org", name=f"Guest {number}")
        came("39.99" if number == 6 else "50.00", on=date(LAST_YEAR, 5, 1), giver=guest)
        if number != 3:
            actions.set_details(
                party=guest, name=guest.name, address="Street", number=NATIONAL, by=None
            )
        found.append(guest)
    return found


def test_a_round_gives_all_who_are_complete_one_receipt_and_asks_the_others(givers, known, carol):
    begun = actions.start_round(host=known, kind="belgian", year=LAST_YEAR, by=carol)
    with pytest.raises(actions.UnderWay):
        actions.start_round(host=known, kind="belgian", year=LAST_YEAR, by=carol)

    tasks.carry_on()

    begun = Round.objects.get(pk=begun.pk)
    assert (begun.total, begun.done, begun.issued, begun.waiting) == (7, 7, 5, 1)
    assert begun.finished_at
    assert [one.number for one in Paper.objects.order_by("pk")] == [1, 2, 3, 4, 5]
    assert actions.carry_on(begun=begun, by=None) is False


def test_a_second_round_gives_only_what_the_first_could_not(givers, known, carol):
    actions.start_round(host=known, kind="belgian", year=LAST_YEAR, by=carol)
    tasks.carry_on()
    said_late = givers[3]
    actions.set_details(party=said_late, name="Late", address="Street", number=NATIONAL, by=None)

    actions.start_round(host=known, kind="belgian", year=LAST_YEAR, by=carol)
    tasks.carry_on()

    assert Paper.objects.count() == 6
    assert Paper.objects.latest("pk").holder == said_late


def test_what_was_killed_half_way_goes_on_without_gaps_or_doubles(
    givers, known, carol, monkeypatch
):
    monkeypatch.setattr(actions.rounds, "AT_A_TIME", 2)
    begun = actions.start_round(host=known, kind="belgian", year=LAST_YEAR, by=carol)
    actions.carry_on(begun=begun, by=None)
    with transaction.atomic():
        actions.carry_on(begun=begun, by=None)
        transaction.set_rollback(True)

    tasks.carry_on()

    assert [one.number for one in Paper.objects.order_by("pk")] == [1, 2, 3, 4, 5]
    assert Paper.objects.values("holder").distinct().count() == 5


def test_what_is_encrypted_cannot_be_read_in_the_database(came, alice, known):
    said(alice, number=NATIONAL)
    came("45.00", on=date(LAST_YEAR, 5, 1))
    actions.give_donation_receipt(
        holder=alice, host=known, kind="belgian", year=LAST_YEAR, by=alice
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT facts || encode(content, 'escape') FROM papers_paper")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT name || address || number FROM papers_details")
        stored += cursor.fetchone()[0]
    assert not [word for word in ("Alice", NATIONAL, "%PDF", "Side Street") if word in stored]


def test_after_a_rotation_of_keys_a_paper_is_still_the_same_bytes(came, alice, settings):
    settings.FIELD_KEYS = ["the old key"]
    paper = actions.give_receipt(charge=charge_of(came()), by=alice)

    settings.FIELD_KEYS = ["the new key", "the old key"]
    rotate_keys.run(Namespace())

    settings.FIELD_KEYS = ["the new key"]
    kept = Paper.objects.get()
    assert kept.content == paper.content
    assert kept.facts == paper.facts


def test_erasing_forgets_details_and_keeps_papers_closed_to_all_but_the_host(came, alice, carol):
    gift = came()
    said(alice)
    paper = actions.give_receipt(charge=charge_of(gift), by=alice)

    actions.forget_details(person=alice, by=alice)
    people.erase(person=alice, by=alice)

    assert not Details.objects.exists()
    assert "Alice" in text_of(Paper.objects.get(pk=paper.pk))
    with pytest.raises(NotAllowed):
        actions.give_receipt(charge=charge_of(gift), by=None, secret=gift.secret)


def test_papers_are_emptied_when_the_law_no_longer_asks_and_numbers_go_on(came, alice):
    gift = came()
    paper = actions.give_receipt(charge=charge_of(gift), by=alice)
    with clock.moved_to(datetime(2036, 12, 31, tzinfo=UTC)):
        assert actions.forget_old(by=None) == 0
    with clock.moved_to(datetime(2037, 1, 1, tzinfo=UTC)):
        assert actions.forget_old(by=None) == 1

    paper.refresh_from_db()
    assert (paper.facts, paper.content, paper.number) == ("", b"", 1)
    assert Counter.objects.get().last == 1


def test_a_guest_s_gift_stays_with_its_receipt_when_they_sign_in(came, guest):
    gift = came(giver=guest)
    paper = actions.give_receipt(charge=charge_of(gift), by=None, secret=gift.secret)
    nour = people.sign_up(email="nour@example.org", name="Nour Saadi")
    giving.claim(login=nour, by=nour.person)

    assert actions.give_receipt(charge=charge_of(gift), by=nour.person) == paper
    assert list(queries.papers_of([nour.person])) == [paper]
    assert read(paper.facts).giver.name == "Nour"
    assert "Reçu pour un don" in text_of(paper)
