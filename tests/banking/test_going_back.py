"""Money that goes back or was taken for something else; files that stand sealed."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from banking.conftest import DAY, EUR, HERS, HIS
from commonweal.banking import actions, queries
from commonweal.banking.models import BankFile, BankLine, Match
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.sealed import opened
from commonweal.giving import actions as giving
from commonweal.ledger.actions import open_account
from commonweal.ledger.models import Purpose
from commonweal.ledger.queries import balance


@pytest.fixture(autouse=True)
def _all_is_explained(request):
    yield
    request.getfixturevalue("db")
    assert queries.unexplained() == []


def test_a_gift_confirmed_and_sent_back_by_hand_is_recognised_both_ways_afterwards(
    bank, line, promised, reference, carol, holds
):
    gift = promised("20.00")
    giving.confirm_transfer(contribution=gift, amount=EUR("20.00"), arrived_on=DAY, by=carol)
    giving.refund(contribution=gift, by=carol)
    giving.confirm_refund(contribution=gift, on=DAY, by=carol)

    bank(line("20.00", reference(gift)))
    bank(line("-20.00", iban=HERS))

    assert {(one.kind, one.was_confirmed) for one in Match.objects.all()} == {
        ("gift", True), ("refund", True),
    }  # fmt: skip
    assert (holds("UNPLACED"), holds("CHARGES"), holds("BANK")) == (
        EUR("0"),
        EUR("0"),
        EUR("-1000"),
    )
    assert queries.unexplained() == []


def test_a_line_taken_for_a_gift_that_went_back_is_undone_and_it_waits_again(
    bank, line, promised, reference, carol, holds
):
    gift = promised("20.00")
    bank(line("20.00", reference(gift)))
    giving.refund(contribution=gift, by=carol)
    bank(line("-20.00", iban=HERS))

    actions.undo(line=BankLine.objects.latest("pk"), by=carol)

    assert (holds("CHARGES"), holds("UNPLACED")) == (EUR("20.00"), EUR("-20.00"))
    bank(line("-20.00", iban=HERS))
    assert holds("CHARGES") == EUR("0")


def test_a_statement_stands_encrypted_and_what_a_kill_left_is_swept_away(
    bank, line, commons, carol
):
    bank(line("5.00", name="Somebody Secret"))
    [file] = BankFile.objects.all()
    with file.file.open("rb") as kept:
        raw = kept.read()
    assert b"Secret" not in raw
    assert b"Somebody Secret" in b"".join(opened(raw.splitlines(keepends=True)))
    assert list(opened([b"from before\n"])) == [b"from before\n"]
    lost = default_storage.save("statements/lost", ContentFile(b"x"))

    with pytest.raises(NotAllowed):
        actions.sweep(by=carol)
    actions.sweep(by=None)
    assert default_storage.exists(lost)  # it may be on its way
    with clock.moved_to(clock.now() + timedelta(days=2)):
        assert actions.sweep(by=None) >= 1

    assert not default_storage.exists(lost)
    assert default_storage.exists(file.file.name)


def test_a_person_says_which_gift_was_taken_back_also_where_a_part_went_back_before(
    bank, line, promised, reference, carol, holds, sure
):
    gift = promised("20.00")
    bank(line("20.00", reference(gift)))
    giving.refund(contribution=gift, amount=EUR("5.00"), by=carol)
    bank(line("-5.00", iban=HERS), line("-20.00", iban=HIS, is_return=True))
    found = BankLine.objects.latest("pk")
    assert (found.question, found.state) == ("came_back", "asked")
    charge = Match.objects.filter(kind="gift").get().charge_id

    sure(carol).post(f"/commons-house/hosting/bank/{found.pk}", {"as_1": f"back-{charge}"})

    assert {one.kind: one.amount_minor for one in found.matches.all()} == {
        "gift_back": -1500, "own": -500,
    }  # fmt: skip
    assert (holds("UNPLACED"), holds("HOST_OWN")) == (EUR("0"), EUR("-5.00"))


def test_money_that_the_host_exchanged_goes_through_its_trading_account(
    bank, line, commons, carol, sure
):
    trading = {"purpose": Purpose.TRADING, "host": commons.pk, "rail": "usd-eur"}
    account = open_account(currency="EUR", **trading)
    bank(line("18.00", name="A bank"))
    found = BankLine.objects.get()

    path = f"/commons-house/hosting/bank/{found.pk}"
    sure(carol).post(path, {"as_1": "exchange-usd-eur"})

    assert balance(account.pk) == EUR("18.00")
    sure(carol).post(path, {"undo": "1"})
    assert balance(account.pk) == EUR("0")
