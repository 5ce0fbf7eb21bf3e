"""Pure decisions about what a line has to do with collections, and how a bank names them."""

import io
from datetime import date

import pytest

from commonweal.banking.rules import camt
from commonweal.banking.rules.debits import Asked, decide
from commonweal.banking.rules.deciding import Seen
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt as written
from commonweal.foundation.money import Money

DAY = date(2026, 12, 1)
KEY, BLOCK, RUN = "1" * 32, "b" * 32, "c" * 32
HERE = Asked(number=1, charge=7, amount=2000, key=KEY, block=BLOCK, run=RUN, on=DAY, has_come=True)
WAITS = Asked(number=2, charge=8, amount=550, key="2" * 32, block=BLOCK, run=RUN, on=DAY)


def seen(amount, *keys, **more):
    return Seen(amount=amount, on=DAY, keys=frozenset(keys), **more)


@pytest.mark.parametrize(
    ("line", "parts", "question"),
    [
        (seen(550, "2" * 32), [("debit", (2,), 550)], None),
        (seen(550, BLOCK), [("debit", (2,), 550)], None),
        (seen(550, RUN), [("debit", (2,), 550)], None),
        (seen(551, RUN), [], "collected_differs"),
        (seen(550, code="PMNT-IDDT-ESDD"), [("debit", (2,), 550)], None),
        (seen(-2000, KEY), [("gift_back", (7,), -2000)], None),
        (seen(-2350, KEY), [("gift_back", (7,), -2000), ("own", (), -350)], None),
        (seen(-1999, KEY), [], "came_back"),
        (seen(-9000, KEY), [], "came_back"),
        (seen(-550, "2" * 32), [], "came_back"),  # it was never here
    ],
)
def test_a_line_brings_or_takes_back_what_it_names(line, parts, question):
    found = decide(line, [HERE, WAITS])

    assert [(one.kind, one.numbers, one.amount) for one in found.parts] == parts
    assert found.question == question


@pytest.mark.parametrize(
    "line",
    [
        seen(550),  # a neighbour's transfer could be as much
        seen(551, code="PMNT-IDDT-ESDD"),
        seen(550, "9" * 32),
        seen(550, payer="somebody"),
        seen(550, is_return=True),
        seen(-2000),
        seen(-2000, "9" * 32),
    ],
)
def test_what_names_no_collection_is_none_of_them(line):
    assert decide(line, [HERE, WAITS]) is None
    assert decide(line, []) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<NtryDtls>", f"<NtryDtls><Btch><PmtInfId>{BLOCK}</PmtInfId></Btch>"),
        ("<Refs>", f"<Refs><PmtInfId>{BLOCK}</PmtInfId>"),
    ],
)
def test_a_booking_of_a_block_is_named_by_it(before, after):
    raw = written(
        [Line(amount=Money(550, "EUR"), booked_on=DAY)], account="BE71096123456769",
        opening=Money(0, "EUR"),
    ).decode()  # fmt: skip

    (statement,) = camt.read(io.BytesIO(raw.replace(before, after).encode()))

    assert statement.lines[0].batch == BLOCK
