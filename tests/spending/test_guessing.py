"""What the text of a receipt seems to say, in the ways our neighbours write."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.spending.rules.guessing import guessed

TODAY = date(2026, 11, 20)
DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "day", "total"),
    [
        ("Invoice date: 5 October 2026\nSubtotal 10.00\nTotal due £12.10", DAY, 1210),
        ("October 5th, 2026\nGrand total 1,234.56", DAY, 123456),
        ("Bruxelles, le 5 octobre 2026\nTotal HT 10,00\nTotal TTC 12,10 €", DAY, 1210),
        ("Date : 05/10/2026\nNet à payer\n1 234,56 €", DAY, 123456),
        ("Factuurdatum 05-10-2026\nVervalt 04-11-2026\nTotaal incl. btw € 1.234,56", DAY, 123456),
        ("Datum: 5 okt 2026\nTe betalen EUR 12,10", DAY, 1210),
        ("Rechnungsdatum: 05.10.2026\nNettobetrag 10,00\nGesamtbetrag 12,10 EUR", DAY, 1210),
        ("Rechnung vom 5. Oktober 2026\nSumme 1'234.56", DAY, 123456),
        ("2026-10-05 14:02\nTOTAL 3.50\nVAT 0.61", DAY, 350),
        ("5/10/26\nTotal 3.50\nTotal TVA 0,61", DAY, 350),
        ("Fällig 01.10.2026\nLivraison 02/10/2026", None, None),
        ("31/02/2026\n99.99.2026", None, None),
        ("Date 05/10/2099\nDate 05/10/2009", None, None),
        ("Call 0470 12.34.56 about order 10/12", None, None),
        ("Total: see below", None, None),
        ("Total 0,00", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_a_day_and_a_sum_are_found_as_people_write_them(text, day, total):
    found = guessed(text, currency="EUR", today=TODAY)

    assert (found.day, found.total and found.total.minor) == (day, total)


def test_a_day_that_is_named_as_the_day_goes_before_the_first_one():
    found = guessed("Order of 01/09/2026\nDate 05/10/2026", currency="EUR", today=TODAY)

    assert found.day == DAY


def test_no_sum_is_guessed_in_a_currency_without_cents():
    assert guessed("Total 12,50", currency="JPY", today=TODAY).total is None
