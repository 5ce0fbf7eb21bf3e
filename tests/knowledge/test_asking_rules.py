"""When a group may write, to whom, and in which words."""

from datetime import UTC, datetime, timedelta

import pytest

from commonweal.foundation.errors import Refused
from commonweal.knowledge import rules
from commonweal.knowledge.rules import Reception, Standing, Terms

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
JUST_NOW = timedelta(seconds=1)


def told(*ago):
    return tuple(NOW - one for one in ago)


HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@pytest.mark.parametrize(
    ("standing", "refusal"),
    [
        (Standing(LONG_AGO, False, ()), None),
        (Standing(None, False, ()), rules.NotOpenYet),
        (Standing(NOW - rules.FIRST_AFTER + JUST_NOW, False, ()), rules.TooNew),
        (Standing(NOW - rules.FIRST_AFTER, False, ()), None),
        (Standing(LONG_AGO, True, ()), rules.Paused),
        (Standing(LONG_AGO, False, told(*[HOUR] * 4)), None),
        (Standing(LONG_AGO, False, told(*[HOUR] * 5)), rules.EnoughToday),
        (Standing(LONG_AGO, False, told(*[HOUR] * 4, rules.DAY)), None),
        (Standing(LONG_AGO, False, told(*[WEEK] * 19)), None),
        (Standing(LONG_AGO, False, told(*[WEEK] * 20)), rules.EnoughThisMonth),
    ],
)  # fmt: skip
def test_a_group_writes_within_its_limits(standing, refusal):
    found = rules.group_refusal(standing, NOW)

    assert (found and type(found)) == refusal


@pytest.mark.parametrize(
    ("reception", "refusal"),
    [
        (Reception(True, 1, 0, None), None),
        (Reception(False, 4, 0, None), rules.NoWish),
        (Reception(True, 2, 1, None), None),
        (Reception(True, 2, 2, None), rules.HadEnough),
        (Reception(True, 4, 0, NOW - rules.AGAIN_AFTER + JUST_NOW), rules.AskedLately),
        (Reception(True, 4, 0, NOW - rules.AGAIN_AFTER), None),
    ],
)
def test_nobody_gets_more_than_they_wish(reception, refusal):
    found = rules.addressee_refusal(reception, NOW)

    assert (found and type(found)) == refusal


@pytest.mark.parametrize(
    ("from_whom", "themes", "away_km", "lets"),
    [
        ("any", [], None, True),
        ("themes", ["food", "music"], None, True),
        ("themes", ["music"], 0, False),
        ("near", ["food"], 10, True),
        ("near", ["food"], 10.1, False),
        ("near", ["food"], None, False),
    ],
)
def test_only_the_wished_groups_may_ask(from_whom, themes, away_km, lets):
    terms = Terms(from_whom, ("time",), themes=("food",), within_km=10)

    assert rules.lets(terms, themes=themes, away_km=away_km) == lets


@pytest.mark.parametrize(
    ("terms", "has_place", "refusal"),
    [
        (Terms("any", ()), True, rules.NothingOffered),
        (Terms("near", ("time",)), False, rules.NoGroupFits),
        (Terms("themes", ("time",)), True, rules.NoGroupFits),
    ],
)
def test_a_wish_says_what_for_and_by_whom(terms, has_place, refusal):
    with pytest.raises(refusal):
        rules.proper_terms(terms, has_place=has_place)


def test_a_wish_that_lets_some_group_ask_is_kept_as_it_is():
    terms = Terms("near", ("time", "money"))

    assert rules.proper_terms(terms, has_place=True) is terms


@pytest.mark.parametrize(
    "bad",
    [
        "Look at https://bad.example", "www.bad", "mail me@here", "on bad.example/x", "BAD.COM",
        "bad\uff0ecom", "bad\u3002com", "b\u202ead.com",
    ],
)  # fmt: skip
def test_a_letter_holds_no_link_and_no_address(bad):
    with pytest.raises(rules.HasLink):
        rules.proper_ask(bad)


@pytest.mark.parametrize(
    "fine", ["We meet at 10.30, 1.500 people came. Come too!", "l'a.s.b.l. Potager, c.à.d. nous"]
)
def test_numbers_and_short_forms_are_no_links(fine):
    assert rules.proper_ask(f"  {fine}\r\n\r\nBob\x00 ") == f"{fine}\n\nBob"


@pytest.mark.parametrize(
    ("words", "refusal"), [(" \n ", rules.NothingAsked), ("x" * 1201, rules.AskTooLong)]
)
def test_a_letter_has_some_words_and_not_too_many(words, refusal):
    with pytest.raises(refusal):
        rules.proper_ask(words)


def test_kilometres_are_those_of_the_earth():
    brussels, ghent = (50.8505, 4.3488), (51.05, 3.7167)

    assert rules.away_km(*brussels, *ghent) == pytest.approx(49.5, abs=1)
    assert rules.away_km(*ghent, *ghent) == 0


def test_every_refusal_says_something_to_people():
    found = [
        one for one in vars(rules).values() if isinstance(one, type) and issubclass(one, Refused)
    ]

    assert all(str(one()) for one in found)
