"""What a call may ask for, and what may be offered and given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from commonweal.knowledge import rules
from commonweal.knowledge.models import HelpKind
from commonweal.knowledge.rules import Given, Need

TODAY = date(2026, 3, 1)
VAN = Need(
    "A  van on\nSaturday", "vehicle", 1, date(2026, 3, 7), " For boxes. ", (" Driving ", "driving")
)
SOUP = Given("time", 3, TODAY, " Cooked  soup ")  # fmt: skip


def test_what_is_needed_is_tidied():
    need = rules.proper_need(VAN, TODAY)

    assert (need.title, need.details, need.skills) == (
        "A van on Saturday", "For boxes.", ("driving",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"title": " "}, rules.NothingNeeded),
        ({"title": "x" * 101}, rules.TooManyWords),
        ({"details": "x" * 1001}, rules.TooManyWords),
        ({"kind": "money"}, rules.NoSuchKind),
        ({"quantity": 0}, rules.NotThatMany),
        ({"quantity": 1001}, rules.NotThatMany),
        ({"needed_by": TODAY - timedelta(days=1)}, rules.NotThatDay),
        ({"needed_by": TODAY + timedelta(days=366)}, rules.NotThatDay),
        ({"skills": tuple("abcdefg")}, rules.TooManySkills),
        ({"skills": ("x" * 31,)}, rules.TooManySkills),
    ],
)
def test_a_call_that_nobody_could_answer_is_refused(wrong, refusal):
    with pytest.raises(refusal):
        rules.proper_need(replace(VAN, **wrong), TODAY)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"kind": ""}, rules.NoSuchKind),
        ({"quantity": -1}, rules.NotThatMany),
        ({"on": TODAY + timedelta(days=1)}, rules.NotGivenThen),
        ({"on": TODAY - timedelta(days=366)}, rules.NotGivenThen),
        ({"what": "x" * 101}, rules.TooManyWords),
    ],
)
def test_help_that_cannot_have_been_given_is_refused(wrong, refusal):
    assert rules.proper_given(SOUP, TODAY).what == "Cooked soup"

    with pytest.raises(refusal):
        rules.proper_given(replace(SOUP, **wrong), TODAY)


def test_an_offer_is_a_number_and_a_few_words():
    assert rules.proper_offer(" I can. ", 2) == "I can."
    with pytest.raises(rules.NotThatMany):
        rules.proper_offer("I can.", 0)
    with pytest.raises(rules.TooManyWords):
        rules.proper_offer("x" * 1001, 1)


def test_a_call_goes_on_and_back_but_a_withdrawn_one_stays_so():
    states = ("open", "filled", "closed", "withdrawn")

    turns = {(one, to) for one in states for to in states if rules.may_turn(one, to)}

    assert turns == {
        ("open", "filled"), ("open", "closed"), ("open", "withdrawn"), ("filled", "open"),
        ("filled", "closed"), ("closed", "open"),
    }  # fmt: skip


def test_each_kind_of_help_is_counted_in_something():
    assert set(rules.UNITS) == set(HelpKind)
