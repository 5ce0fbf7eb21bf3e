"""The states of an expense, whole, and its sums."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import Money
from commonweal.spending import rules
from commonweal.spending.models import Expense
from commonweal.spending.rules.suggesting import suggested

# Where each step leads from each status; what is not named is refused.
LEADS = {
    ("edit", "draft"): "submitted",  # of a draft the action keeps the status
    ("edit", "submitted"): "submitted",
    ("edit", "approved"): "submitted",
    ("edit", "declined"): "submitted",
    ("submit", "draft"): "submitted",
    ("approve", "submitted"): "approved",
    ("decline", "submitted"): "declined",
    ("decline", "approved"): "declined",
    ("withdraw", "draft"): "withdrawn",
    ("withdraw", "submitted"): "withdrawn",
    ("withdraw", "approved"): "withdrawn",
    ("withdraw", "declined"): "withdrawn",
    ("pay", "approved"): "in payment",
    ("mark_paid", "in payment"): "paid",
    ("unpay", "paid"): "in payment",
    ("return", "in payment"): "approved",
    ("return", "paid"): "approved",
}


@pytest.mark.parametrize(("step", "status"), [*product(rules.STEPS, Expense.Status.values)])
def test_only_the_steps_of_the_table_may_follow(step: rules.Step, status: str) -> None:
    leads = LEADS.get((step, status))

    assert rules.may_follow(step, status) is (leads is not None)
    assert leads in {None, rules.STEPS[step][1]}


def test_money_leaves_only_what_was_agreed_to() -> None:
    assert rules.STEPS["pay"][0] == {"approved"}
    assert [step for step, way in rules.STEPS.items() if way[1] == "paid"] == ["mark_paid"]


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
