"""The gifts of one year to one group, in circles of givers: what its figures are made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection

from commonweal.discovery import rules
from commonweal.discovery.rules import Circle, Gifts
from commonweal.foundation.money import Money

# One year of one group, by an index that has exactly this; never all that was ever given. An erased
# giver counts as one who withheld a name.
_GIFTS = """
WITH gift AS MATERIALIZED (
    SELECT c.contributor_id AS giver, c.incognito, c.incognito OR p.erased_at IS NOT NULL AS hidden,
           c.minor, c.minor <= %(small)s AS small,
           date_trunc('month', c.at AT TIME ZONE 'UTC')::date AS month
    FROM giving_gift c JOIN people_party p ON p.id = c.contributor_id
    WHERE c.collective_id = %(group)s AND c.currency = %(currency)s
      AND c.at >= %(since)s AND c.at < %(until)s
), giver AS (
    SELECT giver, incognito, bool_or(hidden) AS hidden, bool_or(small) AS small,
           bool_or(NOT small) AS large, sum(minor) AS total,
           count(DISTINCT month) >= %(steady)s AS steady,
           row_number() OVER (ORDER BY sum(minor) DESC, giver, incognito) AS place
    FROM gift GROUP BY giver, incognito
), month AS (
    SELECT gift.month, sum(gift.minor) AS total
    FROM gift JOIN giver USING (giver, incognito) WHERE giver.steady GROUP BY gift.month
), number AS (
    SELECT count(*) AS gifts, count(*) FILTER (WHERE small) AS small_gifts,
           sum(minor) FILTER (WHERE small) AS small, sum(minor) FILTER (WHERE NOT small) AS large
    FROM gift
)
SELECT count(*), count(*) FILTER (WHERE hidden), coalesce(sum(total), 0),
       count(*) FILTER (WHERE place > 5), count(*) FILTER (WHERE place > 5 AND hidden),
       coalesce(sum(total) FILTER (WHERE place > 5), 0),
       count(*) FILTER (WHERE giver.small), count(*) FILTER (WHERE giver.small AND hidden),
       (SELECT coalesce(small, 0) FROM number),
       count(*) FILTER (WHERE giver.large), count(*) FILTER (WHERE giver.large AND hidden),
       (SELECT coalesce(large, 0) FROM number),
       count(*) FILTER (WHERE steady), count(*) FILTER (WHERE steady AND hidden),
       coalesce(sum(total) FILTER (WHERE steady), 0),
       coalesce(max(total), 0), (SELECT gifts FROM number), (SELECT small_gifts FROM number),
       (SELECT coalesce(json_object_agg(month, total), '{}') FROM month)::text
FROM giver
"""


def gifts(group: int, currency: str, months: Sequence[date], *, until: date) -> Gifts:
    """Return the gifts of these months, the last of which ends before `until`."""
    nothing = Money(0, currency)
    if not months:
        nobody = Circle(0, 0, nothing)
        return Gifts(
            everybody=nobody, beyond_five=nobody, small=nobody, large=nobody, steady=nobody,
            steady_months=(), largest=nothing, number=0, small_number=0,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            _GIFTS,
            {
                "group": group,
                "currency": currency,
                "since": _midnight(months[0]),
                "until": _midnight(until),
                "small": rules.SMALL_GIFT * 10**nothing.exponent,
                "steady": rules.STEADY_MONTHS,
            },
        )
        return _gifts(cursor.fetchone(), currency, months)


def _gifts(row: Sequence[Any], currency: str, months: Sequence[date]) -> Gifts:
    circles = [
        Circle(givers, withheld, Money(int(minor), currency))
        for givers, withheld, minor in zip(row[0:15:3], row[1:15:3], row[2:15:3], strict=True)
    ]
    everybody, beyond_five, small, large, steady = circles
    largest, number, small_number, sums = row[15:]
    by_month = {date.fromisoformat(day): int(minor) for day, minor in json.loads(sums).items()}
    return Gifts(
        everybody=everybody,
        beyond_five=beyond_five,
        small=small,
        large=large,
        steady=steady,
        steady_months=tuple(Money(by_month.get(month, 0), currency) for month in months),
        largest=Money(int(largest), currency),
        number=number,
        small_number=small_number,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
