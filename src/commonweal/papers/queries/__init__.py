"""Questions about papers: whose they are, what a host gave out, and how somebody stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.db.models import Count, Q, QuerySet

from commonweal.giving import policies as giving
from commonweal.hosting.models import Host
from commonweal.papers.models import Details, Imprint, Kind, Paper, Round
from commonweal.papers.rules import numbers
from commonweal.people import queries as people
from commonweal.people.models import Party

_BESIDE = ("host__party", "holder__claimed_by", "corrects", "corrected_by")
DONATIONS = (Kind.BELGIAN, Kind.FRENCH)


def paper(secret: str) -> Paper | None:
    """Return a paper by the secret in its address."""
    return _papers().filter(secret=secret).first()


def paper_of_bytes(content: bytes) -> Paper | None:
    """Return the paper whose PDF is exactly this, if there is one."""
    return _papers().filter(digest=sha256(content).hexdigest()).first()


def code(one: Paper) -> str:
    """Return the number of a paper as people see it."""
    return numbers.code(one.kind, one.year, one.number)


def holders(person: Party) -> list[Party]:
    """Return in whose names somebody has papers: their own first, then what they run."""
    runs = people.runs(person).filter(kind=Party.Kind.ORGANIZATION)
    return [person, *runs]


def papers_of(parties: Sequence[Party]) -> QuerySet[Paper]:
    """Return the papers of some parties and of the guests they once were, newest first."""
    ids = [one.pk for one in parties]
    owned = Q(holder__in=ids) | Q(holder__claimed_by__in=ids)
    return _papers().filter(owned).defer("content", "facts").order_by("-id")


def papers_about(subjects: Sequence[str]) -> QuerySet[Paper]:
    """Return the papers about some charges, newest first."""
    return _papers().filter(subject__in=subjects).defer("content", "facts").order_by("-id")


def papers_of_host(host: Host, year: int, kind: str = "") -> QuerySet[Paper]:
    """Return what a host gave out in a year's numbers, the last number of each kind first."""
    found = _papers().filter(host=host, year=year).defer("content", "facts")
    return (found.filter(kind=kind) if kind else found).order_by("kind", "-number")


def years_of_host(host: Host) -> list[int]:
    """Return the years in which a host has numbers, the newest first."""
    years = Paper.objects.filter(host=host).values_list("year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


def counted(host: Host, year: int) -> dict[str, int]:
    """Return how many papers of each kind a host has numbered in a year."""
    rows = Paper.objects.filter(host=host, year=year).values("kind")
    return {row["kind"]: row["papers"] for row in rows.annotate(papers=Count("id"))}


def imprint(host: Host) -> Imprint | None:
    """Return how a host stands on its papers, if it has said so."""
    return Imprint.objects.filter(host=host).first()


def details(party: Party) -> Details | None:
    """Return how somebody stands on papers, if they have said so. Private."""
    return Details.objects.filter(party=party).first()


def rounds(host: Host) -> QuerySet[Round]:
    """Return the rounds of a host's donation receipts, the newest first."""
    return Round.objects.filter(host=host).order_by("-id")


def unfinished_rounds() -> QuerySet[Round]:
    """Return the rounds that are not through yet, the oldest first."""
    return Round.objects.filter(finished_at=None).order_by("id")


def is_guest(party: Party) -> bool:
    """Whether somebody gave without signing in, and so has nothing but secret addresses."""
    return giving.is_guest(party)


def _papers() -> QuerySet[Paper]:
    return Paper.objects.select_related(*_BESIDE)
