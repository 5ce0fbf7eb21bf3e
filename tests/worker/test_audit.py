"""The nightly audit: silent where all is right, and not to be overlooked where it is not."""

import pytest
from django.conf import settings

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries, tasks
from commonweal.hosting import actions as hosting
from commonweal.ledger.models import Kind, Purpose, Rate, Transaction
from commonweal.mail.reader import read as read_news
from commonweal.people import actions as people
from commonweal.worker import audit
from commonweal.worker import log as worker
from transparency.conftest import (
    log,  # noqa: F401 - fixture
    seal,
    unguarded,
)
from web.conftest import signed_out  # noqa: F401
from web.giving.conftest import gift  # noqa: F401


@pytest.fixture
def sealed(gift, log, brussels):  # noqa: F811 - asks for the fixtures
    """Let there be a server with three gifts under its seal; return a way to give."""
    people.set_up(
        name="Test City", admin_name="Ada Admin", admin_email="ada@example.org", place=brussels
    )
    for _ in range(3):
        gift("settled")
    seal()
    return gift


def test_right_books_raise_no_alarm(sealed, signed_out):  # noqa: F811
    assert audit.watch() == []
    assert "are not right" not in signed_out("/verify")


def test_exchanged_gifts_and_losses_that_hosts_bear_are_verified_too(
    sealed, gardens, commons, hana, alice
):
    hosting.set_fees(
        host=commons, fees=[], rail_fee_by="host", losses_by="host", currencies=["USD"], by=hana
    )
    Rate.objects.filter(currency="USD").delete()
    Rate.objects.create(currency="USD", day=clock.today(), numerator=11, denominator=10)
    abroad = giving.pledge(
        collective=gardens, amount=Money(2_000, "USD"), rail="sandbox", contributor=alice,
        given_by=alice, by=alice,
    )  # fmt: skip
    tasks.begin(abroad)
    tasks.answer(abroad, {"card": "works"})
    giving.refund(contribution=abroad, amount=Money(700, "USD"), by=hana)
    for gone in (abroad, sealed("settled")):
        charge = queries.charge_of(gone)
        giving.take_away(
            charge=charge, on=clock.today(), reason="", by=None, target=Purpose.BANK
        )  # fmt: skip
    seal()

    assert Transaction.objects.filter(kind=Kind.COVER).count() == 2
    assert audit.watch() == []


CHANGED = """
UPDATE transparency_leaf SET body = convert_to(
    regexp_replace(convert_from(body, 'UTF8'), '{was}', '{becomes}'), 'UTF8') WHERE position = 3
"""
LIES = {
    11: "DELETE FROM transparency_leaf WHERE position = 3",
    12: CHANGED.format(was='"eff":"20', becomes='"eff":"19'),
    13: "UPDATE transparency_checkpoint SET root = sha256('x')",
    14: CHANGED.format(was=',2,"', becomes=',20,"'),
    16: "UPDATE ledger_privatefact SET value = 'gifts' WHERE field = 'description'",
}


@pytest.mark.parametrize("invariant", LIES)
def test_each_invariant_of_the_log_is_tried(sealed, invariant):
    unguarded(LIES[invariant])

    found = audit.findings()

    assert any(one.startswith(f"Invariant {invariant} does not hold") for one in found), found


def test_a_rewritten_night_is_found_by_who_remembers_it(sealed):
    assert audit.watch() == []
    unguarded(
        "UPDATE ledger_transaction SET effective_on = effective_on - 1 WHERE id % 2 = 0",
        "DELETE FROM ledger_daysum", "DELETE FROM ledger_monthsum", "DELETE FROM ledger_tally",
        "DELETE FROM ledger_position", "UPDATE ledger_sequencer SET next_position = 0, low_id = 0",
        "DELETE FROM transparency_checkpoint", "DELETE FROM transparency_leaf",
    )  # fmt: skip
    (settings.LOG_KEY.parent / "log" / "checkpoint").unlink()
    seal()

    [found] = audit.findings()

    assert "not the one that you saw" in found


def test_an_alarm_is_on_every_page_and_in_the_mail(sealed, signed_out, mailoutbox):  # noqa: F811
    unguarded("UPDATE ledger_account SET balance = balance + 1 WHERE guarded")
    assert audit.watch()
    read_news()

    assert "The books of this server are not right." in signed_out("/gardens")
    assert "Invariant 3 does not hold" in signed_out("/verify")
    [letter] = [one for one in mailoutbox if "are not right" in one.subject]
    assert letter.to == ["ada@example.org"]
    assert "Invariant 3 does not hold" in letter.body

    unguarded("UPDATE ledger_account SET balance = balance - 1 WHERE guarded")
    assert audit.watch() == []
    assert "are not right" not in signed_out("/gardens")


def test_a_lost_key_raises_the_alarm_at_once(sealed, signed_out):  # noqa: F811
    settings.LOG_KEY.unlink()
    sealed("settled")

    with pytest.raises(Exception, match="private key of the log"):
        worker.grow()

    assert "private key of the log" in signed_out("/verify")
