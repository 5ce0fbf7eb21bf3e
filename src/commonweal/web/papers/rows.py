"""What papers look like in lists, with the address that opens or makes each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.foundation.money import Money
from commonweal.papers import queries
from commonweal.papers.models import Kind, Paper
from commonweal.papers.queries.available import Gift, GivenYear
from commonweal.papers.rules.sheets import is_named


@dataclass(frozen=True)
class GiftRow:
    """A gift with its receipt, and where an invoice of it can be asked for."""

    group: str
    on: date
    amount: Money
    receipt: str
    invoice: str


@dataclass(frozen=True)
class YearRow:
    """A year with its overview, and where its donation receipts can be asked for."""

    name: str
    host: str
    year: int
    count: int
    overview: str
    official: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PaperRow:
    """A paper that was given out; addresses are empty where the reader may not."""

    code: str
    kind: str
    about: str
    on: date
    amount: Money
    address: str
    corrects: str
    is_old: bool
    correct: str


def gifts(found: Sequence[Gift]) -> list[GiftRow]:
    """Return gifts as rows."""
    return [
        GiftRow(
            group=one.contribution.collective.name,
            on=one.charge.arrived_on,
            amount=one.kept,
            receipt=_of_charge("receipt", one),
            invoice=_of_charge("invoice", one) if one.may_be_invoiced else "",
        )
        for one in found
        if one.charge.arrived_on is not None
    ]


def years(found: Sequence[GivenYear], *, secret: str = "") -> list[YearRow]:
    """Return years as rows; whoever does not sign in has the `secret` of a gift instead."""
    rows = []
    for one in found:
        at = [secret or one.holder.slug, one.host.party.slug]
        prefix = "papers:gift_" if secret else "papers:"
        official = tuple(
            (name(kind), reverse(f"{prefix}donation_receipt", args=[*at, kind, one.year]))
            for kind in one.official
        )
        overview = reverse(f"{prefix}overview", args=[*at, one.year])
        names = (one.holder.name, one.host.party.name)
        rows.append(YearRow(*names, one.year, one.count, overview, official))
    return rows


def papers(found: Iterable[Paper], *, desk: bool = False) -> list[PaperRow]:
    """Return papers as rows; at a host's desk they are named by who has them."""
    return [_paper(one, desk=desk) for one in found]


def name(kind: str) -> str:
    """Return what a kind of paper is called."""
    return {
        Kind.RECEIPT: _("Receipt"),
        Kind.OVERVIEW: _("Overview of a year"),
        Kind.INVOICE: _("Invoice"),
        Kind.BELGIAN: _("Donation receipt, Belgium"),
        Kind.FRENCH: _("Donation receipt, France"),
    }[Kind(kind)]


def sent(paper: Paper) -> HttpResponse:
    """Send the bytes of a paper to who asked for it; nobody in between keeps them."""
    answer = HttpResponse(bytes(paper.content), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{queries.code(paper)}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _paper(paper: Paper, *, desk: bool) -> PaperRow:
    may_open = not desk or is_named(paper.kind, incognito=paper.incognito)
    is_old = hasattr(paper, "corrected_by")
    return PaperRow(
        code=queries.code(paper),
        kind=name(paper.kind),
        about=_holder(paper) if desk else paper.host.party.name,
        on=paper.issued_at.date(),
        amount=Money(paper.amount_minor, paper.currency),
        address=reverse("papers:paper", args=[paper.secret]) if may_open else "",
        corrects=queries.code(paper.corrects) if paper.corrects else "",
        is_old=is_old,
        correct=reverse("papers:correct", args=[paper.secret]) if may_open and not is_old else "",
    )


def _of_charge(view: str, gift: Gift) -> str:
    return reverse(f"papers:{view}", args=[gift.contribution.secret, gift.charge.uuid])


def _holder(paper: Paper) -> str:
    if not is_named(paper.kind, incognito=paper.incognito):
        return _("incognito")
    return (paper.holder.claimed_by or paper.holder).name
