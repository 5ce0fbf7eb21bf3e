"""What currencies were worth, by the reference rates of the European Central Bank."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from commonweal.foundation.money import EXPONENTS
from commonweal.ledger.models import Rate
from commonweal.ledger.rules import Exchange, Quote, exchange

EURO = "EUR"

# Markets rest for some days; what is older than a month is not the rate of the day any more.
STALE = timedelta(days=31)
_LAST = """
    SELECT asked.currency, asked.day, last.numerator, last.denominator, last.day
    FROM unnest(%s::text[], %s::date[]) AS asked (currency, day)
    CROSS JOIN LATERAL (
        SELECT * FROM ledger_rate r
        WHERE r.currency = asked.currency AND r.day BETWEEN asked.day - %s AND asked.day
        ORDER BY r.day DESC LIMIT 1) AS last
"""


def exchanges(asked: Collection[tuple[str, date]], to: str) -> dict[tuple[str, date], Exchange]:
    """Return how to turn currencies into another at the last rate known on some days.

    One that has no rate then, or only one that is older than a month, is not in the answer.
    """
    others = {pair for pair in asked if pair[0] != to}
    quotes = _quotes(others | {(to, day) for _, day in others})
    return {
        (code, day): exchange(
            quotes[code, day], quotes[to, day], decimals=(EXPONENTS[code], EXPONENTS[to])
        )
        for code, day in others
        if (code, day) in quotes and (to, day) in quotes
    }


def quoted(on: date) -> set[str]:
    """Return the currencies that have a rate on a day."""
    lately = Rate.objects.filter(day__lte=on, day__gt=on - STALE)
    return {EURO, *lately.order_by().values_list("currency", flat=True).distinct()}


def exchangeable(to: str, *, currency: str, day: str) -> Q:
    """Return what rows must fulfil whose money `exchanges` can turn into a currency.

    `currency` and `day` name the columns of the rows that say which money, and when.
    """
    lately = Rate.objects.filter(day__lte=OuterRef(day), day__gte=OuterRef(day) - STALE)
    has_rate = Q(**{currency: EURO}) | Q(Exists(lately.filter(currency=OuterRef(currency))))
    if to != EURO:
        has_rate &= Q(Exists(lately.filter(currency=to)))
    return Q(**{currency: to}) | has_rate


def _quotes(asked: Collection[tuple[str, date]]) -> dict[tuple[str, date], Quote]:
    found = {(code, day): Quote(1, 1, day) for code, day in asked if code == EURO}
    others = sorted(set(asked) - set(found))
    if not others:
        return found
    codes, days = zip(*others, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(codes), list(days), STALE.days])
        return found | {
            (code, day): Quote(numerator, denominator, on)
            for code, day, numerator, denominator, on in cursor.fetchall()
        }
