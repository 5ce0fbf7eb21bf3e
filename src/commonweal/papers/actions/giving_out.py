"""Giving a paper out: its number, its words and its bytes, in one transaction.

Each number is drawn from a locked row, so that numbers have no gap: what is rolled back never had
one. Whoever else wants a paper of this host, kind and year waits meanwhile.
"""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock, ids
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.papers import queries
from commonweal.papers.actions.typesetting import typeset
from commonweal.papers.actions.words import language_of, words
from commonweal.papers.models import Counter, Kind, Paper
from commonweal.papers.rules import numbers
from commonweal.papers.rules.sheets import Sheet, changes, read, stored
from commonweal.people.models import Party

_SECRET_LENGTH = 20


class NothingKept(Refused):
    """All of this money went back, so there is nothing to write a paper about."""


class NotOverYet(Refused):
    """This year is not over yet. Come back in January."""


class NothingChanged(Refused):
    """This paper says already what is known now."""


def drawing(host: Host, kind: str, year: int) -> Counter:
    """Return the counter of a host's papers, locked until the transaction ends."""
    assert transaction.get_connection().in_atomic_block, "a number is drawn with its paper"
    key = {"host": host, "kind": kind, "year": year}
    Counter.objects.bulk_create([Counter(**key)], ignore_conflicts=True)
    return Counter.objects.select_for_update().get(**key)


def latest(host: Host, kind: str, subject: str) -> Paper | None:
    """Return the newest paper about something: one that no other corrects."""
    found = Paper.objects.filter(host=host, kind=kind, subject=subject, corrected_by=None)
    return found.select_related("host__party", "holder").first()


def write(
    sheet: Sheet, counter: Counter, *, subject: str, holder: Party, by: Party | None,
    corrects: Paper | None = None, incognito: bool = False,
) -> Paper:  # fmt: skip
    """Give a sheet the next number, and keep it as it is."""
    counter.last += 1
    counter.save(update_fields=["last"])
    now = clock.now()
    language = language_of(sheet.kind, holder.language)
    code = numbers.code(sheet.kind, counter.year, counter.last)
    before = (queries.code(corrects), read(corrects.facts)) if corrects else None
    content = typeset(words(sheet, code=code, on=now.date(), language=language, before=before))
    total = _total(sheet, counter.host)
    paper = Paper.objects.create(
        host=counter.host, holder=holder, kind=sheet.kind, year=counter.year,
        number=counter.last, subject=subject, corrects=corrects,
        secret=ids.readable(_SECRET_LENGTH), language=language, amount_minor=total.minor,
        currency=total.currency, incognito=incognito, issued_at=now, facts=stored(sheet),
        content=content, digest=sha256(content).hexdigest(),
    )  # fmt: skip
    record(
        "paper.given_out", subject=f"paper:{paper.pk}", by=by.pk if by else None,
        party=holder.pk, public=False, of=str(sheet.kind),
    )  # fmt: skip
    return paper


def newest(
    sheet: Sheet, counter: Counter, *, subject: str, holder: Party, by: Party | None,
    incognito: bool = False,
) -> Paper:  # fmt: skip
    """Return the paper there is, if its money is still right; else a new one, or a correction."""
    found = latest(counter.host, sheet.kind, subject)
    if found is not None and "money" not in changes(read(found.facts), sheet):
        return found
    if found is None and not any(line.kept.minor for line in sheet.lines):
        raise NothingKept
    return write(
        sheet, counter, subject=subject, holder=holder, by=by, corrects=found, incognito=incognito
    )


def year_of_number(kind: str, year: int) -> int:
    """Return in which year's numbers a paper counts.

    An overview and a donation receipt count in the year that they are about, all others in the
    year in which they are given out.
    """
    about = {Kind.OVERVIEW, Kind.BELGIAN, Kind.FRENCH}
    return year if kind in about else clock.today().year


def _total(sheet: Sheet, host: Host) -> Money:
    return sheet.total(next(iter(sheet.totals()), host.currency))
