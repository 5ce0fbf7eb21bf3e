from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from commonweal.foundation.money import Money
from commonweal.web import formats


@pytest.mark.parametrize(
    ("language", "minor", "text"),
    [
        ("en", 123450, "€1,234.50"),
        ("en", -961, "−€9.61"),
        ("fr", 123450, "1\u202f234,50\u00a0€"),
        ("nl", 123450, "€\u00a01.234,50"),
        ("nl", -961, "−€\u00a09,61"),
    ],
)
def test_amounts_are_written_as_the_language_does_with_a_real_minus(language, minor, text):
    with translation.override(language):
        assert formats.amount(Money(minor, "EUR")) == text


def test_a_round_price_has_no_cents_and_another_keeps_them():
    assert formats.amount(Money(1000, "EUR"), whole=True) == "€10"
    assert formats.amount(Money(950, "EUR"), whole=True) == "€9.50"
    with translation.override("fr"):
        assert formats.amount(Money(1000, "EUR"), whole=True) == "10\u00a0€"


def test_a_currency_without_cents_has_none():
    assert formats.in_two(Money(1500, "JPY")) == ("JP¥1,500", "", "")


def test_the_cents_are_set_apart_wherever_the_sign_stands():
    assert formats.in_two(Money(-123456, "EUR")) == ("−€1,234", ".56", "")
    with translation.override("fr"):
        assert formats.in_two(Money(123456, "EUR")) == ("1\u202f234", ",56", "\u00a0€")


def test_days_and_hours_read_as_people_say_them():
    assert formats.day(date(2026, 11, 21)) == "21 November 2026"
    assert formats.day(date(2026, 11, 21), "month") == "November 2026"
    with translation.override("fr"):
        assert formats.day(date(2026, 11, 21), "day") == "21 novembre"
        assert formats.day(datetime(2026, 11, 21, 9, 5, tzinfo=UTC), "time").startswith("21 nov")


def test_shares_and_rates_keep_the_decimals_they_need():
    assert formats.share(1, 3) == "33%"
    assert formats.share(0, 0) == "0%"
    assert formats.rate(50_000) == "5%"
    assert formats.rate(72_500) == "7.25%"


def rendered(text, **context):
    return Template("{% load commonweal %}" + text).render(Context(context))


def test_money_moved_has_a_sign_an_arrow_and_an_ink():
    assert 'class="amt in"' in rendered("{% money m sign=True %}", m=Money(1845, "EUR"))
    out = rendered("{% money m sign=True %}", m=Money(-6490, "EUR"))
    assert 'class="amt out"' in out
    assert "i-arrow-up-right" in out
    assert "−€64.90" in out


def test_a_name_that_is_markup_is_shown_as_text():
    assert "<b>" not in rendered("{% avatar n %}", n="<b>Eve</b> <i>")


def test_the_same_name_is_always_the_same_picture():
    assert rendered("{% cover 'soup' %}") == rendered("{% cover 'soup' %}")
    assert rendered("{% cover 'soup' %}") != rendered("{% cover 'soap' %}")
