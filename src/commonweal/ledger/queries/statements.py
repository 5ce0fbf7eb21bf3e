"""Statements: the lines of an account, by number, never by offset and never by adding history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.ledger.models import Account, Entry, PrivateFact, Purpose, Scope
from commonweal.ledger.queries.lines import Line, lines


@dataclass(frozen=True)
class Filters:
    """Which lines to show; amounts are in minor units, without sign; days are inclusive."""

    kind: int | None = None
    category: int | None = None
    since: date | None = None
    until: date | None = None
    at_least: int | None = None
    at_most: int | None = None
    text: str = ""
    direction: Literal["", "in", "out"] = ""

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()


@dataclass(frozen=True)
class Statement:
    """One page of lines, newest first.

    `count` and `pages` speak of the whole account; where lines were `filtered`, `page` is 0 and
    `older` and `newer` are the seq to go on `before` or `after` (None: nothing there).
    """

    lines: list[Line]
    count: int
    page: int
    pages: int
    filtered: bool
    older: int | None
    newer: int | None


def statement(
    account: int,
    *,
    page: int = 1,
    size: int = 20,
    filters: Filters = Filters(),
    before: int | None = None,
    after: int | None = None,
) -> Statement:
    """Return a page of a guarded account: by number, or where filtered from `before` or `after`."""
    count = Account.objects.values_list("seq", flat=True).get(pk=account)
    entries = Entry.objects.filter(account=account, seq__isnull=False).select_related(
        "transaction", "account"
    )
    if filters or before is not None or after is not None:
        return _filtered(_matching(entries, filters), count, size, before, after)
    pages = max(1, -(-count // size))
    page = min(max(page, 1), pages)
    top = count - (page - 1) * size
    found = entries.filter(seq__gt=top - size, seq__lte=top).order_by("-seq")
    return Statement(lines(found), count, page, pages, filtered=False, older=None, newer=None)


def latest(
    *, scope: Scope = Scope.PLATFORM, scope_id: int = 0, size: int = 20, before: int | None = None
) -> list[Line]:
    """Return the newest lines of all collectives in a scope, from before a transaction's id."""
    entries = Entry.objects.filter(account__purpose=Purpose.FUNDS)
    if before is not None:
        entries = entries.filter(transaction_id__lt=before)
    found = entries.filter(_within(scope, scope_id)).select_related("transaction", "account")
    return lines(found.order_by("-transaction_id", "n")[:size])


def _within(scope: Scope, scope_id: int) -> Q:
    return {
        Scope.COLLECTIVE: Q(account__party_id=scope_id),
        Scope.HOST: Q(account__host_id=scope_id),
        Scope.PLACE: Q(account__place_id=scope_id) | Q(account__district_id=scope_id),
        Scope.PLATFORM: Q(),
    }[scope]


def _filtered(
    entries: QuerySet[Entry], count: int, size: int, before: int | None, after: int | None
) -> Statement:
    """Return a page of matching lines, reading one more than it shows to know what follows."""
    if after is not None:
        found = list(entries.filter(seq__gt=after).order_by("seq")[: size + 1])
        more = len(found) > size
        found = found[:size][::-1]
        older = found[-1].seq if found else None
        newer = found[0].seq if more and found else None
    else:
        below = entries.filter(seq__lt=before) if before is not None else entries
        found = list(below.order_by("-seq")[: size + 1])
        older = found[size - 1].seq if len(found) > size else None
        found = found[:size]
        newer = found[0].seq if before is not None and found else None
    return Statement(lines(found), count, 0, 0, filtered=True, older=older, newer=newer)


def _matching(entries: QuerySet[Entry], wanted: Filters) -> QuerySet[Entry]:
    conditions = [
        (wanted.kind, Q(transaction__kind=wanted.kind)),
        (wanted.category, Q(transaction__category_id=wanted.category)),
        (wanted.since, Q(transaction__effective_on__gte=wanted.since)),
        (wanted.until, Q(transaction__effective_on__lte=wanted.until)),
        (wanted.direction == "in", Q(amount__gt=0)),
        (wanted.direction == "out", Q(amount__lt=0)),
    ]
    for given, condition in conditions:
        if given:
            entries = entries.filter(condition)
    if wanted.at_least is not None:
        entries = entries.filter(Q(amount__gte=wanted.at_least) | Q(amount__lte=-wanted.at_least))
    if wanted.at_most is not None:
        entries = entries.filter(amount__range=(-wanted.at_most, wanted.at_most))
    if wanted.text:
        words = PrivateFact.objects.filter(
            transaction_id=OuterRef("transaction_id"), value__icontains=wanted.text
        )
        entries = entries.filter(Exists(words))
    return entries
