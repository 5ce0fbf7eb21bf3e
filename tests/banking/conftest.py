"""A bank that writes statements about Commons House, and promises whose money is on its way."""

import io
from datetime import UTC, date, datetime, time
from functools import partial

import pytest

from cast import IBAN
from commonweal.banking import actions
from commonweal.banking.models import BankLine
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.giving.models import Contribution
from commonweal.ledger.models import Purpose
from commonweal.ledger.queries import account_of, balance
from commonweal.people import actions as people
from commonweal.rails.manual.rail import structured_reference

EUR = partial(Money.parse, currency="EUR")
DAY = date(2026, 3, 2)
HERS = "BE68539007547034"
HIS = "NL91ABNA0417164300"


@pytest.fixture
def promised(gardens, alice):
    """Promise money to Gardens; a monthly promise is one whose months will come."""

    def promise(amount="20.00", *, interval="once", who=None, group=None):
        who = who or alice
        with clock.moved_to(datetime.combine(DAY, time(9), UTC)):
            found = giving.pledge(
                collective=group or gardens, amount=EUR(amount), rail="transfer",
                contributor=who, given_by=who, by=who, interval=interval,
            )  # fmt: skip
        return Contribution.objects.get(pk=found.pk)

    return promise


@pytest.fixture
def reference():
    """Answer what stands on a transfer for a promise."""

    def of(contribution):
        return structured_reference(giving_queries.charge_of(contribution).reference, "BE")

    return of


@pytest.fixture
def bank(commons, carol):
    """Let the bank write a statement of some lines, and Carol take it in and have it sorted."""
    state = {"closing": EUR("1000"), "number": 0}

    def write(*lines, opening=None, kind="053", version=8, sort=True, name="bank.xml"):
        state["number"] += 1
        opening = opening or state["closing"]
        content = camt(
            lines, account=IBAN, opening=opening, number=state["number"], kind=kind,
            version=version, on=DAY,
        )  # fmt: skip
        if kind == "053":
            state["closing"] = sum((line.amount for line in lines), start=opening)
        taken = actions.take(host=commons, name=name, content=io.BytesIO(content), by=carol)
        if sort:
            actions.place_new(host=commons, by=carol)
        return taken

    return write


@pytest.fixture
def line():
    """Write one movement; each has a reference of the bank's."""
    numbers = iter(range(1, 10_000))

    def movement(amount, text="", *, iban=HERS, name="A Peeters", on=DAY, **more):
        ref = more.pop("bank_ref", f"B{next(numbers):05}")
        return Line(
            amount=EUR(amount), booked_on=on, text=text, iban=iban, name=name, bank_ref=ref, **more
        )

    return movement


@pytest.fixture
def holds(commons):
    """Answer what an account of Commons House holds."""

    def balance_of(purpose, *, party=None):
        has_rail = purpose in {"BANK", "CHARGES", "PAYOUTS", "UNPLACED", "OPENING"}
        account = account_of(
            Purpose[purpose], currency="EUR", party=party.pk if party else None,
            host=commons.pk, rail="transfer" if has_rail else "",
        )  # fmt: skip
        return balance(account)

    return balance_of


@pytest.fixture
def newest(db):
    """Return the newest line."""
    return lambda: BankLine.objects.latest("pk")


@pytest.fixture
def neighbour(db):
    """Return somebody else who gives."""
    return people.sign_up(email="nour@example.org", name="Nour Haddad").person
