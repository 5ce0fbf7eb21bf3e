"""The states of an expense, whole, and its sums."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import Money
from commonweal.spending import rules
from commonweal.spending.models import Expense
from commonweal.spending.rules import agreeing
from commonweal.spending.rules.suggesting import suggested

DRAWING = Path(__file__).resolve().parents[2] / "docs" / "concepts" / "expenses.md"


def drawn() -> str:
    """Draw each state with the steps that lead away from it, and who takes them."""
    lines = []
    for status in Expense.Status.values:
        lines.append(status)
        for step, way in rules.WAYS.items():
            if status in way.starts:
                ends = status if (step, status) == ("edit", "draft") else way.ends
                lines.append(f"  ├─ {step.replace('_', ' ')} ({way.who})".ljust(26) + f"──▶ {ends}")
    return "\n".join(lines)


def test_the_drawing_of_the_states_shows_what_the_rule_says() -> None:
    assert drawn() in DRAWING.read_text(), f"Draw it anew:\n{drawn()}"


def test_what_ended_stays_ended_and_nothing_ends_where_nobody_can_go_on() -> None:
    ends = {status for status in Expense.Status if not any(
        status in way.starts for way in rules.WAYS.values()
    )}  # fmt: skip

    assert ends == {"withdrawn"}
    assert {way.ends for way in rules.WAYS.values()} | {"draft"} == set(Expense.Status.values)
    assert set(rules.PENDING) == set(Expense.Status.values) - {
        "draft", "paid", "declined", "withdrawn",
    }  # fmt: skip


def test_money_leaves_only_what_was_agreed_to() -> None:
    leaving = {step: way for step, way in rules.WAYS.items() if way.ends in {"in payment", "paid"}}

    assert set(leaving) == {"pay", "pass_on", "mark_paid", "unpay"}
    assert leaving["pay"].starts | leaving["pass_on"].starts == {"approved", "scheduled"}
    assert leaving["mark_paid"].starts == {"in payment"}


@pytest.mark.parametrize("step", rules.WAYS)
def test_a_step_is_taken_where_the_drawing_has_it_and_nowhere_else(step: rules.Step) -> None:
    may = {status for status in Expense.Status.values if rules.may_follow(step, status)}

    assert may == rules.WAYS[step].starts


TERMS = agreeing.Terms(two_from=500_00, accountant_from=1000_00)
BOB, ELENA, CAROL = 1, 2, 3


@pytest.mark.parametrize(
    ("minor", "agreed", "missing"),
    [
        (499_99, set(), "admin"),
        (499_99, {BOB}, None),
        (500_00, {BOB}, "another"),
        (500_00, {BOB, ELENA}, None),
        (1000_00, {CAROL}, "admin"),
        (1000_00, {BOB}, "accountant"),
        (1000_00, {BOB, ELENA}, "accountant"),
        (1000_00, {BOB, CAROL}, None),
    ],
)
def test_large_amounts_want_more_people(minor: int, agreed: set[int], missing: str | None) -> None:
    found = agreeing.still_missing(
        minor, TERMS, agreed=frozenset(agreed), admins=frozenset({BOB, ELENA}),
        accountants=frozenset({CAROL}),
    )  # fmt: skip

    assert found == missing


def test_an_admin_who_is_an_accountant_too_needs_another_one_all_the_same() -> None:
    found = agreeing.still_missing(
        1000_00, TERMS, agreed=frozenset({BOB}), admins=frozenset({BOB, ELENA}),
        accountants=frozenset({BOB}),
    )  # fmt: skip

    assert found == "another"


LIMITS = st.none() | st.integers(0, 10**9)
SOME_TERMS = st.builds(
    agreeing.Terms, two_from=LIMITS, accountant_from=LIMITS, receipt_from=LIMITS,
    within_days=st.none() | st.integers(1, agreeing.MOST_DAYS),
    categories=st.none() | st.frozensets(st.integers(20, 24)),
)  # fmt: skip


@given(SOME_TERMS, SOME_TERMS, st.integers(1, 10**9), st.integers(20, 26), st.integers(0, 400))
def test_what_one_of_two_refuses_both_refuse(
    host: agreeing.Terms, group: agreeing.Terms, minor: int, category: int, ago: int
) -> None:
    today = date(2026, 11, 20)
    days = [today - timedelta(days=ago)]
    both = agreeing.stricter(host, group)

    assert both == agreeing.stricter(group, host)
    for asks in (
        lambda terms: agreeing.people_wanted(minor, terms) > 1,
        lambda terms: agreeing.accountant_wanted(minor, terms),
        lambda terms: agreeing.receipt_wanted(minor, terms),
        lambda terms: agreeing.too_late(days, today, terms) is not None,
        lambda terms: agreeing.not_paid_for([category], terms) is not None,
    ):
        assert asks(both) is (asks(host) or asks(group))


@given(st.lists(st.tuples(st.integers(20, 37), st.integers(1, 10**9)), min_size=1, max_size=50))
def test_categories_add_up_to_the_whole(lines: list[tuple[int, int]]) -> None:
    shares = rules.by_category((category, Money(minor, "EUR")) for category, minor in lines)

    assert sum(amount.minor for _, amount in shares) == sum(minor for _, minor in lines)
    assert [category for category, _ in shares] == sorted({category for category, _ in lines})


def test_an_expense_of_nothing_has_no_sum() -> None:
    with pytest.raises(ValueError, match="at least one item"):
        rules.total([])


@given(st.lists(st.integers(-(10**9), 10**9)))
def test_amounts_add_up_even_when_there_are_none(minors: list[int]) -> None:
    assert rules.total_of([Money(one, "EUR") for one in minors], "EUR") == Money(sum(minors), "EUR")


@pytest.mark.parametrize("iban", ["BE68539007547034", "FR1420041010050500013M02606"])
def test_a_mask_shows_the_country_and_four_signs(iban: str) -> None:
    assert rules.mask(iban) == f"{iban[:2]}•• •••• {iban[-4:]}"


WORDS = {"coffee": 21, "zaal": 20, "paint": 24, "posters": 25, "band": 27, "lock": 23}


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("Coffee and sugar", 21),
        ("COFFÉE", 21),
        ("Zaalhuur in maart", 20),
        ("Feestzaal", 20),
        ("Band", 27),
        ("Coffee, paint", None),
        ("Coffee, coffee, paint", None),
        ("Something for the group", None),
        ("12.50", None),
        ("", None),
    ],
)
def test_words_point_to_a_category_where_they_agree(said: str, category: int | None) -> None:
    assert suggested(said, habit=[], words=WORDS) == category


def test_the_habit_of_the_group_comes_before_the_words_and_the_payee_after_them() -> None:
    habit = [("Paint for the banner", 25), ("Glue for the banner", 25), ("Paint, white", 24)]

    def found(said: str, payee: tuple[int, ...] = ()) -> int | None:
        return suggested(said, habit=habit, words=WORDS, payee=payee)

    assert found("Paint for the banner") == 25
    assert found("Paint for the wall") == 24  # habit is split, the word is not
    assert found("Coffee for the day", payee=(27, 27)) == 21
    assert found("As agreed", payee=(27, 27, 21)) == 27
    assert found("As agreed", payee=(27, 21)) is None


def test_short_words_stand_only_for_themselves() -> None:
    assert suggested("Bustle", habit=[], words={"bus": 26}) is None
    assert suggested("A bus", habit=[], words={"bus": 26}) == 26


@pytest.mark.parametrize(
    ("cents", "percent", "vat"),
    [(12100, "21", 2100), (100, "21", 17), (10600, "6", 600), (5, "0", 0)],
)
def test_vat_is_the_part_of_an_amount_that_goes_to_the_tax_office(cents, percent, vat):
    assert rules.vat_in(Money(cents, "EUR"), Decimal(percent)) == Money(vat, "EUR")
