"""Numbers, sums, changes, and what counts for the tax office: without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commonweal.foundation.money import Money
from commonweal.papers.rules import donations, in_french, inks, numbers
from commonweal.papers.rules.sheets import (
    Giver,
    Issuer,
    Line,
    Sheet,
    changes,
    read,
    stored,
)

LINE = Line("2025-05-01", "Gardens", "Friend", "donation", "transfer", 50_00, 0, "EUR", "leaf")
SHEET = Sheet("belgian", 2025, Issuer("House"), Giver("Alice", "Street 1", "85"), (LINE,))


def test_a_number_says_the_year_and_the_kind():
    assert numbers.code("receipt", 2026, 12) == "2026-R-00012"
    assert numbers.code("belgian", 2025, 123456) == "2025-B-123456"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("85073003328", "85.07.30-033.28"), ("85.07.30-033.28", "85.07.30-033.28"), (" ", "")],
)
def test_a_national_number_is_kept_as_people_write_it(typed, kept):
    assert numbers.national(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("be 0403.019.261", "BE0403019261"),
        ("0403.019.261", "BE0403019261"),
        ("FR 40 303 265 045", "FR40303265045"),
        ("552 008 443", "552008443"),
        ("", ""),
    ],
)
def test_the_number_of_an_enterprise_is_checked_for_its_form(typed, kept):
    assert numbers.enterprise(typed) == kept


@pytest.mark.parametrize("typed", ["85073003329", "abc", "12", "BE0403019262"])
def test_a_number_that_cannot_be_right_is_refused(typed):
    for check in (numbers.national, numbers.enterprise):
        with pytest.raises(numbers.NotANumber):
            check(typed)


def test_of_a_masked_number_only_the_end_is_shown():
    assert numbers.masked("85.07.30-033.28") == "••.••.••-•••.28"
    assert numbers.masked("") == ""


def test_a_sheet_comes_back_from_its_json_as_it_was():
    assert read(stored(SHEET)) == SHEET


def test_sums_are_of_what_stayed_and_by_currency():
    other = replace(LINE, amount_minor=10_00, back_minor=4_00, currency="USD")
    sheet = replace(SHEET, lines=(LINE, LINE, other))

    assert sheet.totals() == {"EUR": Money(100_00, "EUR"), "USD": Money(6_00, "USD")}
    assert sheet.total("CHF") == Money(0, "CHF")
    assert (other.came, other.back) == (Money(10_00, "USD"), Money(4_00, "USD"))


def test_changes_are_named():
    giver = Giver("Alicia", "Street 2", "86")
    after = replace(SHEET, giver=giver, lines=(replace(LINE, back_minor=1),))

    assert changes(SHEET, after) == ("money", "name", "address", "number")
    assert changes(SHEET, replace(SHEET, demo=True)) == ()


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ({}, True),
        ({"tier": ""}, True),
        ({"tier": "ticket"}, False),
        ({"tier": "membership"}, False),
        ({"back_minor": 50_00}, False),
        ({"currency": "USD"}, False),
        ({"on": "2025-02-28"}, False),
        ({"on": "2026-01-01"}, False),
    ],
)
def test_only_donations_in_euros_within_the_recognition_count(line, counts):
    found = donations.counts(
        replace(LINE, **line), since=date(2025, 3, 1), until=date(2025, 12, 31)
    )

    assert found is counts


def test_belgium_asks_for_forty_euros_and_a_number_and_france_for_neither():
    assert donations.counts(LINE, since=None, until=None)
    assert donations.enough("belgian", Money(40_00, "EUR"))
    assert not donations.enough("belgian", Money(39_99, "EUR"))
    assert donations.enough("french", Money(1, "EUR"))
    assert not donations.complete("belgian", name="A", address="B", number="")
    assert donations.complete("french", name="A", address="B", number="")
    assert not donations.complete("french", name="A", address="", number="1")


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (0, "zéro euro"),
        (1_00, "un euro"),
        (1, "un centime"),
        (40_50, "quarante euros et cinquante centimes"),
        (21_00, "vingt et un euros"),
        (71_00, "soixante et onze euros"),
        (80_00, "quatre-vingts euros"),
        (81_00, "quatre-vingt-un euros"),
        (91_00, "quatre-vingt-onze euros"),
        (97_00, "quatre-vingt-dix-sept euros"),
        (100_00, "cent euros"),
        (200_00, "deux cents euros"),
        (250_00, "deux cent cinquante euros"),
        (1_000_00, "mille euros"),
        (80_000_00, "quatre-vingt mille euros"),
        (200_001_00, "deux cent mille un euros"),
        (1_000_000_00, "un million d’euros"),
        (2_000_300_00, "deux millions trois cents euros"),
    ],
)
def test_amounts_are_said_in_french(minor, words):
    assert in_french.amount(Money(minor, "EUR")) == words


def test_a_group_has_the_colour_of_its_picture():
    from commonweal.web import avatars  # noqa: PLC0415 - only to compare

    for name in ("Gardens", "Repair Café", "Chorus", "Bakery", "Swap"):
        ground = int(avatars.group(name).split('class="c', 1)[1][0])
        first = avatars._PAIRS[next(avatars._numbers(name)) % len(avatars._PAIRS)][0]
        assert inks.of(name) == inks._INKS[first]
        assert ground in range(8)
