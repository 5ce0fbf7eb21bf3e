"""Reading playbooks: their list, one of them, its versions, and the same as a file."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.discovery import queries as discovery
from commonweal.foundation.money import Money
from commonweal.knowledge import policies, queries, rules
from commonweal.knowledge.models import Playbook, PlaybookVersion
from commonweal.knowledge.rules import Document, SignedLine
from commonweal.ledger.models import Category
from commonweal.web.finding import seen_by, seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.pages import changed
from commonweal.web.reader import reader
from commonweal.web.sharing import heads

_AT_A_TIME = 30


@dataclass(frozen=True)
class Cost:
    """A line of the budget: what, how many at which price, and what that comes to."""

    what: str
    category: str
    quantity: int
    price: Money
    whole: Money
    each: bool


@dataclass(frozen=True)
class Step:
    """A version, and what it changed."""

    version: PlaybookVersion
    lines: list[SignedLine]


@require_safe
def playbooks(request: HttpRequest) -> HttpResponse:
    """List the playbooks of all groups, newest first."""
    before = request.GET.get("before", "")
    rows = queries.public_playbooks(before=int(before) if before.isdecimal() else None)
    shown = list(rows[: _AT_A_TIME + 1])
    context = {
        "playbooks": shown[:_AT_A_TIME],
        "older": changed(request, before=shown[_AT_A_TIME - 1].pk)
        if len(shown) > _AT_A_TIME
        else "",
    }
    return render_page(request, "knowledge/playbooks.html", context)


@require_safe
def group_playbooks(request: HttpRequest, slug: str) -> HttpResponse:
    """List the playbooks of one group."""
    collective = seen_by_reader(request, slug)
    context = {
        "collective": collective,
        "playbooks": queries.playbooks(collective).select_related("theme")[:100],
        "writes": policies.may_write(reader(request), collective),
    }
    return render_page(request, "knowledge/group_playbooks.html", context)


@require_safe
def playbook(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a playbook, in its newest version or in the one that the address names."""
    found = read_by_reader(request, slug)
    number = request.GET.get("version", "")
    version = queries.version(found, int(number[:9]) if number.isdecimal() else None)
    if version is None:
        raise Http404
    context = {
        "playbook": found,
        "collective": found.collective,
        "version": version,
        "document": version.document,
        "shared": heads.of_playbook(found, version) if version.number == found.latest else None,
        "writes": policies.may_write(reader(request), found.collective),
        "heirs": discovery.family(found.collective).heirs,
        **_budget(version.document),
    }
    return render_page(request, "knowledge/playbook.html", context)


@require_safe
def playbook_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what each version changed."""
    found = read_by_reader(request, slug)
    versions = list(queries.versions(found)[: _AT_A_TIME + 1])
    steps = [
        Step(new, rules.differences(old.document, new.document))
        for new, old in itertools.pairwise(versions)
    ]
    first = versions[-1] if versions[-1].number == 1 else None
    context = {
        "playbook": found, "collective": found.collective, "steps": steps, "first": first,
    }  # fmt: skip
    return render_page(request, "knowledge/playbook_history.html", context)


@require_safe
def playbook_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a playbook as a file; it can be read in here or anywhere else."""
    found = read_by_reader(request, slug)
    answer = HttpResponse(
        rules.written(queries.document(found)), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.json"'
    return answer


@require_safe
def playbook_schema(request: HttpRequest) -> HttpResponse:
    """Send the schema of the file."""
    return HttpResponse(rules.schema(), content_type="application/schema+json; charset=utf-8")


def read_by_reader(request: HttpRequest, slug: str) -> Playbook:
    """Return a playbook to whoever may see its group; for everybody else there is none."""
    found = queries.playbook(slug)
    if found is None:
        raise Http404
    seen_by(reader(request), found.collective)
    return found


def _budget(document: Document) -> dict[str, Any]:
    """Return the lines of the budget and what they come to for as many people as it is for."""
    currency, people = document["currency"], document["people"]
    names = {row.slug: str(row) for row in Category.objects.all()}
    costs = []
    for line in document["budget"]:
        each = line["driver"] == "person"
        minor = line["quantity"] * line["unit_price"] * (people if each else 1)
        price = Money(line["unit_price"], currency)
        whole = Money(minor, currency)
        costs.append(
            Cost(line["what"], names[line["category"]], line["quantity"], price, whole, each)
        )
    whole = sum((cost.whole for cost in costs), Money(0, currency))
    tiers = [
        (row["name"], Money(row["amount"], currency), row["what"]) for row in document["tiers"]
    ]
    return {"costs": costs, "whole": whole, "tiers": tiers}
