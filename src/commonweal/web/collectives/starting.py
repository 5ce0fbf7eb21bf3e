"""Starting a group, from nothing, another one or a playbook; what was typed survives signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.collectives import actions
from commonweal.collectives.models import Collective
from commonweal.discovery import queries as discovery
from commonweal.discovery.actions import start_from, start_from_playbook
from commonweal.foundation.money import Money
from commonweal.knowledge import queries as knowledge
from commonweal.knowledge.models import Playbook
from commonweal.people.models import Party
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.collectives import handing, planned
from commonweal.web.collectives.finding import places_near, public_group
from commonweal.web.collectives.forms import StartForm, StartFromForm
from commonweal.web.context import this_instance
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader

_KEPT = "group_to_start"
_ASKED = ("name", "about", "theme")
_FIELDS = ("name", "about", "place", "exact", "theme", "size", "tiers")


@dataclass(frozen=True)
class Baton:
    """What a group, or a playbook of it, hands on to whoever starts from it.

    `offers` are ways of giving to choose from, by a number; `steps` and `roles` say how many of
    them come along.
    """

    source: Collective
    playbook: Playbook | None
    offers: list[tuple[int, str]]
    costs: list[planned.Line]
    whole: Money | None
    team: int
    steps: int
    roles: int


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take what a new group is called, what it is for, where and about what; then it exists."""
    person, kept = reader(request), _kept(request)
    near, baton = places_near(request), _baton(request)
    form = _form(request.POST or None, baton, _first(request, near) | kept)
    if request.method == "POST" and form.is_valid() and form.home:
        if person is None:
            request.session[_KEPT] = _typed(request)
            return redirect_to_login(_address(baton))
        made = _start(form, form.home, baton, person)
        request.session.pop(_KEPT, None)
        messages.success(request, _("%(name)s exists now, as a draft.") % {"name": made.name})
        return redirect("collectives:desk", made.slug)
    context = {
        "form": form, "near": near, "baton": baton, "kept": bool(kept) and person is not None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "collectives/start.html", context, status=status)


def _baton(request: HttpRequest) -> Baton | None:
    """Return what the group or the playbook hands on that the address names, if it is public."""
    if slug := request.GET.get("playbook", ""):
        return _written_down(slug, _here(request))
    slug = request.GET.get("from", "")
    source = public_group(slug) if slug and "\0" not in slug else None
    if source is None:
        return None
    theme = source.themes.first()
    here = _here(request) or source.place
    proposed = discovery.proposal(source, theme, here)
    costs = handing.lines(
        proposed.prices, proposed.within, source=source.name, place=here, currency=source.currency
    )
    offers = [
        (one.tier.pk, _offer(one.tier.name, one.amount)) for one in discovery.offers(source.pk)
    ]
    way = discovery.way_of(source, theme)
    return Baton(
        source, None, offers, costs, planned.whole(costs), len(discovery.team(source.pk)),
        steps=len(way.checklist), roles=len(way.roles),
    )  # fmt: skip


def _written_down(slug: str, here: Place | None) -> Baton | None:
    playbook = knowledge.playbook(slug) if "\0" not in slug else None
    source = public_group(playbook.collective.slug) if playbook else None
    if playbook is None or source is None:
        return None
    document = knowledge.document(playbook)
    here, way = here or source.place, discovery.way_in(playbook, document)
    proposed = discovery.playbook_proposal(playbook, document, here)
    costs = handing.lines(
        proposed.prices, proposed.within, source=source.name, place=here,
        currency=document["currency"],
    )  # fmt: skip
    offers = [
        (at, _offer(tier["name"], Money(tier["amount"], document["currency"])))
        for at, tier in enumerate(document["tiers"])
    ]
    people = sum(role["people"] for role in document["roles"])
    return Baton(
        source, playbook, offers, costs, planned.whole(costs), people,
        steps=len(way.checklist), roles=len(way.roles),
    )  # fmt: skip


def _here(request: HttpRequest) -> Place | None:
    """Return where prices are looked for before anybody says where the new group is at home."""
    return this_instance(request).place


def _offer(name: str, amount: Money) -> str:
    return f"{name}, {formats.amount(amount)}"


def _form(given: Any, baton: Baton | None, first: dict[str, Any]) -> StartForm:
    if baton is None:
        return StartForm(given, initial=first)
    theme = baton.playbook.theme_id if baton.playbook else None
    if theme:
        first = {"theme": theme} | first
    return StartFromForm(given, initial=first, source=baton.source, offers=baton.offers)


def _start(form: StartForm, home: Place, baton: Baton | None, person: Party) -> Collective:
    typed = form.cleaned_data
    language = get_language() or "en"
    if baton is None:
        return actions.start(
            name=typed["name"], about=typed["about"], place=home, themes=form.themes(),
            by=person, language=language,
        )  # fmt: skip
    taken: dict[str, Any] = {
        "name": typed["name"], "about": typed["about"], "place": home, "themes": form.themes(),
        "tiers": typed["tiers"], "size": typed["size"], "goal": _("The first year"), "by": person,
        "language": language,
    }  # fmt: skip
    if baton.playbook:
        return start_from_playbook(playbook=baton.playbook, **taken)
    return start_from(source=baton.source, **taken)


def _address(baton: Baton | None) -> str:
    address = reverse("collectives:start")
    if baton is None:
        return address
    named = {"playbook": baton.playbook.slug} if baton.playbook else {"from": baton.source.slug}
    return f"{address}?{urlencode(named)}"


def _typed(request: HttpRequest) -> str:
    kept = QueryDict(mutable=True)
    for name in _FIELDS:
        kept.setlist(name, request.POST.getlist(name))
    return kept.urlencode()


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept = QueryDict(request.session.get(_KEPT, ""))
    if not kept:
        return {}
    return kept.dict() | {"tiers": kept.getlist("tiers")}


def _first(request: HttpRequest, near: list[Place]) -> dict[str, Any]:
    """Return what stands in the form before anybody typed."""
    here = formats.local(near[0].names, near[0].name) if near else ""
    asked = {name: request.GET[name] for name in _ASKED if name in request.GET}
    return {"place": here, "exact": near[0].slug if near else ""} | asked
