import csv
import json
from datetime import UTC, date, datetime
from io import StringIO
from uuid import UUID

import pytest

from commonweal.documents import ledger
from commonweal.foundation.money import Money
from commonweal.ledger.models import Kind
from commonweal.ledger.queries import Line


def line(**changes):
    values = {
        "transaction_id": 1,
        "key": UUID(int=1),
        "at": datetime(2026, 11, 21, tzinfo=UTC),
        "effective_on": date(2026, 11, 21),
        "kind": Kind.CONTRIBUTION,
        "category": 1,
        "account_id": 1,
        "party_id": 7,
        "amount": Money(1845, "EUR"),
        "gross": Money(2000, "EUR"),
        "fees": ((Kind.HOST_FEE, Money(100, "EUR")), (Kind.PROCESSOR_FEE, Money(55, "EUR"))),
        "balance_after": Money(0, "EUR"),
        "seq": 1,
        "description": "Gift",
        "counterparty": "Alice",
        "counterparty_id": 3,
        "refs": {},
    }
    return Line(**values | changes)


def cells(**changes):
    text = "".join(ledger.as_csv([("gardens", line(**changes))]))
    return next(csv.DictReader(StringIO(text.lstrip("\ufeff"))))


def test_amounts_are_exact_decimals_and_fees_are_negative():
    row = cells()

    assert (row["given"], row["host_fee"], row["processor_fee"]) == ("20.00", "-1.00", "-0.55")
    assert (row["amount"], row["balance"], row["platform_fee"]) == ("18.45", "0.00", "")


@pytest.mark.parametrize("nasty", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "-", "\n=1"])
def test_a_spreadsheet_never_takes_text_for_a_formula(nasty):
    assert cells(description=nasty)["description"].startswith("'")


def test_amounts_of_money_out_stay_numbers():
    assert cells(amount=Money(-6490, "EUR"))["amount"] == "-64.90"


def test_json_is_one_object_whatever_is_in_it():
    pair = ("gardens", line(description='Ünï "quoted" </script>'))

    assert json.loads("".join(ledger.as_json([])))["lines"] == []
    found = json.loads("".join(ledger.as_json([pair, pair])))["lines"]
    assert len(found) == 2
    assert found[0]["description"] == 'Ünï "quoted" </script>'
