"""References in what people type, lines known again, and what a line is for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banking.conftest import DAY, EUR
from commonweal.banking.rules import deciding, references, same
from commonweal.banking.rules.deciding import ENOUGH, Given, Known, Outgoing, Promise, Seen
from commonweal.banking.rules.statements import Line
from commonweal.rails.manual.rail import structured_reference

OURS = "0909337554"
OGM, RF = "+++090/9337/55493+++", "RF15 0909 3375 54"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (OGM, [(OURS, True)]),
        (RF, [(OURS, True)]),
        ("rf150909337554", [(OURS, True)]),
        ("gift 090 9337 55493 thanks", [(OURS, True)]),
        ("gift O9O/9337/55493", [(OURS, True)]),
        ("ref:***090/9337/55493***", [(OURS, True)]),
        ("0909337554", [(OURS, False)]),
        (f"{OGM} {RF}", [(OURS, True)]),
        ("0909337554 and 090933755493", [(OURS, True)]),
        ("090/9337/55494", []),
        ("RF19 0909337554", []),
        (f"{RF} {OGM}", [(OURS, True)]),
        ("call 0470 12 34 56", [("0470123456", False)]),
        ("invoice 12 of 3 March", []),
        ("123456789012345", []),
        ("", []),
    ],
)
def test_a_reference_is_found_in_what_people_type(typed, found):
    assert [(one.digits, one.is_checked) for one in references.found_in(typed)] == found


@given(st.integers(0, 10**10 - 1), st.sampled_from(["BE", "NL"]), st.sampled_from(["", " ", "-"]))
def test_each_reference_of_ours_is_found_between_words(number, country, gap):
    digits = f"{number:010}"
    shown = structured_reference(digits, country).replace("/", gap).replace(" ", gap)

    (found,) = references.found_in(f"for you, {shown}, with love")

    assert (found.digits, found.is_checked) == (digits, True)


GIFT = Line(amount=EUR("5"), booked_on=DAY, iban="BE1", text="+++ 12 +++", name="A")


def named(family, *lines):
    return [marks for _, marks in same.marked(family, lines)]


def test_equal_lines_are_numbered_and_formats_agree_on_what_they_say():
    first, second = named("coda", GIFT, GIFT)
    (other,) = named("camt", replace(GIFT, text="", reference="12", name="A. B.", bank_ref="X"))

    assert first.name != second.name
    assert first.content == other.content
    assert other.name != first.name
    assert named("camt", replace(GIFT, bank_ref="X"))[0].name == other.name
    (booked,) = named("camt", replace(GIFT, bank_ref="X", entry_ref="Y"))
    assert (bool(booked.booking), other.booking) == (True, "")


MONTHLY = Promise(1, "month", 1000, waits=False, last_on=DAY, payers=frozenset({"her"}))
ONCE = Promise(2, "once", 2000, waits=True)
KEPT = Promise(3, "once", 2000, waits=False, last_on=DAY)
ENDED = Promise(4, "once", 2000, waits=False, ended=True)
NEXT = DAY + timedelta(days=30)
HIS = Promise(8, "month", 1000, waits=True, contributor=5)
HELD = Outgoing("payout", (7,), 500, key="k" * 32, payer="shop")
GIVEN = Given(5, 1000, "her", NEXT - timedelta(days=4))
LEFT = replace(HELD, has_left=True)
RUN = Outgoing("payout", (7, 8), 900, key="r" * 32, run=3)


def seen(amount=1000, on=NEXT, payer="her", **more):
    return Seen(amount=amount, on=on, payer=payer, **more)


CASES = {
    "the reference of a month": (
        seen(references=[("r", True)]), Known(by_reference={"r": MONTHLY}), "reference",
    ),
    "the reference of a gift, other amount": (
        seen(700, references=[("r", True)]), Known(by_reference={"r": ONCE}),
        "reference_other_amount",
    ),
    "bare digits, the amount": (
        seen(2000, references=[("r", False)]), Known(by_reference={"r": ONCE}), "reference",
    ),
    "bare digits, another amount": (
        seen(700, references=[("r", False)]), Known(by_reference={"r": ONCE}), "?other_amount",
    ),
    "a gift kept already": (
        seen(2000, references=[("r", True)]), Known(by_reference={"r": KEPT}), "?kept_already",
    ),
    "a promise that ended": (
        seen(2000, references=[("r", True)]), Known(by_reference={"r": ENDED}), "?ended",
    ),
    "a month too soon": (
        seen(on=DAY + timedelta(days=3), references=[("r", True)]),
        Known(by_reference={"r": MONTHLY}), "?too_soon",
    ),
    "the first of a rhythm": (
        seen(references=[("r", True)]),
        Known(by_reference={"r": replace(MONTHLY, last_on=None, waits=True)}), "reference",
    ),
    "the account and the rhythm": (seen(), Known(of_payer=[MONTHLY]), "known_account"),
    "the account, another amount": (seen(900), Known(of_payer=[MONTHLY]), "?nothing"),
    "the account, too soon": (
        seen(on=DAY + timedelta(days=2)), Known(of_payer=[MONTHLY]), "?nothing",
    ),
    "the account, after a year": (
        seen(on=DAY + timedelta(days=400)), Known(of_payer=[MONTHLY]), "?nothing",
    ),
    "the account and an open gift": (seen(2000), Known(of_payer=[ONCE]), "known_account"),
    "the account, two that fit": (
        seen(), Known(of_payer=[MONTHLY, replace(MONTHLY, number=9)]), "?several",
    ),
    "the account and what was confirmed": (
        seen(), Known(of_payer=[replace(MONTHLY, unseen=[(5, NEXT, 1000)], last_on=NEXT)]),
        "confirmed",
    ),
    "no account": (seen(payer=""), Known(of_payer=[MONTHLY]), "?nothing"),
    "confirmed by hand": (
        seen(2000, references=[("r", True)]),
        Known(by_reference={"r": replace(KEPT, unseen=[(5, NEXT, 2000)])}), "confirmed",
    ),
    "confirmed by hand, long ago": (
        seen(2000, references=[("r", True)]),
        Known(by_reference={"r": replace(KEPT, unseen=[(5, DAY, 2000)])}), "?kept_already",
    ),
    "somebody else's reference": (
        seen(references=[("r", True)]),
        Known(by_reference={"r": HIS}, of_payer=[MONTHLY]), "?other_payer",
    ),
    "somebody else's reference, and an amount that is not one's own": (
        seen(700, references=[("r", True)]),
        Known(by_reference={"r": HIS}, of_payer=[MONTHLY]), "reference_other_amount",
    ),
    "a reference of another promise of one's own": (
        seen(references=[("r", True)]),
        Known(by_reference={"r": replace(HIS, contributor=0)}, of_payer=[MONTHLY]), "reference",
    ),
    "the first by its account": (
        seen(), Known(of_payer=[replace(MONTHLY, last_on=None, waits=True)]), "known_account",
    ),
    "a reference never given": (
        seen(references=[("x", True)]), Known(of_payer=[MONTHLY]), "known_account",
    ),
    "a payout by its key": (
        seen(-500, keys=frozenset({HELD.key})), Known(outgoing=[HELD]), "payout",
    ),
    "a payout by its key, another amount": (
        seen(-400, keys=frozenset({HELD.key})), Known(outgoing=[HELD]), "?went_out",
    ),
    "a payout by its account": (
        seen(-500, payer="shop"), Known(outgoing=[HELD]), "payout_account",
    ),
    "two payouts to one account": (
        seen(-500, payer="shop"), Known(outgoing=[HELD, replace(HELD, numbers=(8,))]), "?several",
    ),
    "a payout that was confirmed": (
        seen(-500, payer="shop"), Known(outgoing=[replace(LEFT, unseen_on=NEXT)]), "payout_account",
    ),
    "a payout that was seen before": (
        seen(-500, keys=frozenset({HELD.key})), Known(outgoing=[LEFT]), "?went_out",
    ),
    "a payout seen before, by its account": (
        seen(-500, payer="shop"), Known(outgoing=[LEFT]), "?went_out",
    ),
    "a gift going back": (
        seen(-500, payer="shop"), Known(outgoing=[replace(HELD, kind="refund")]), "sent_back",
    ),
    "a payout that came back": (
        seen(500, payer="shop", is_return=True), Known(outgoing=[LEFT]), "payout_came_back",
    ),
    "a payout that came back by its key": (
        seen(500, keys=frozenset({HELD.key})), Known(outgoing=[LEFT]), "payout_came_back",
    ),
    "a return of nothing we know": (seen(500, is_return=True), Known(), "?came_back"),
    "a gift that the bank took": (
        seen(-1000, is_return=True), Known(given=[GIVEN]), "came_back",
    ),
    "one of two gifts that the bank took": (
        seen(-1000, is_return=True), Known(given=[GIVEN, replace(GIVEN, charge=6)]),
        "?came_back",
    ),
    "a gift of long ago that the bank took": (
        seen(-1000, is_return=True), Known(given=[replace(GIVEN, on=DAY)]), "?came_back",
    ),
    "what the bank costs": (seen(-250, payer="", is_fee=True), Known(), "bank_fee"),
    "a pay run by its key": (
        seen(-900, payer="x", keys=frozenset({"r" * 32})), Known(outgoing=[HELD, RUN]), "pay_run",
    ),
    "a pay run by its sum": (seen(-900, payer=""), Known(outgoing=[HELD, RUN]), "pay_run"),
    "a pay run of another sum": (
        seen(-950, payer="", keys=frozenset({"r" * 32})), Known(outgoing=[HELD, RUN]),
        "?run_differs",
    ),
    "what seems to be a pay run": (
        seen(-950, payer=""), Known(outgoing=[HELD, RUN]), "?run_differs",
    ),
    "too little for a pay run": (
        seen(-450, payer=""), Known(outgoing=[HELD, RUN]), "?went_out",
    ),
    "somebody who got the sum of a pay run": (
        seen(-900, payer="x"), Known(outgoing=[HELD, RUN]), "?went_out",
    ),
    "one of two pay runs": (
        seen(-900, payer=""), Known(outgoing=[RUN, replace(RUN, run=4, key="s" * 32)]),
        "?went_out",
    ),
    "something else that left": (seen(-250), Known(), "?went_out"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_line_becomes_what_leaves_no_doubt_or_a_question(case):
    line, known, expected = CASES[case]

    found = deciding.decide(line, known)

    if expected.startswith("?"):
        assert (found.question, found.parts, found.is_certain) == (expected[1:], (), False)
    else:
        assert found.reason == expected
        assert found.certainty >= ENOUGH
        assert sum(part.amount for part in found.parts) == line.amount


@pytest.mark.parametrize(
    ("amounts", "came", "question"),
    [((2000, 1000), 3000, None), ((2000, 1000), 2900, "sums_differ")],
)
def test_two_references_are_split_where_the_sum_fits(amounts, came, question):
    both = {str(n): Promise(n, "once", amount, waits=True) for n, amount in enumerate(amounts)}
    line = seen(came, references=[("0", True), ("1", True)])

    found = deciding.decide(line, Known(by_reference=both))

    assert found.question == question
    assert [part.amount for part in found.parts] == ([] if question else list(amounts))


def test_one_of_two_references_that_was_kept_before_is_asked_about():
    both = {"0": ONCE, "1": KEPT}
    line = seen(4000, references=[("0", True), ("1", True)])

    assert deciding.decide(line, Known(by_reference=both)).question == "sums_differ"


def test_a_yearly_promise_has_a_longer_rhythm():
    yearly = replace(MONTHLY, interval="year")

    assert not yearly.is_due(DAY + timedelta(days=100))
    assert yearly.is_due(DAY + timedelta(days=360))
    assert not replace(yearly, ended=True).is_due(DAY + timedelta(days=360))
    assert replace(yearly, last_on=None, waits=True).is_due(DAY)
    assert not KEPT.is_due(date(2030, 1, 1))
