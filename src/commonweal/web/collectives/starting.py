"""Starting a group, from nothing or from another one; what was typed survives signing in."""

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
from commonweal.discovery.actions import start_from
from commonweal.foundation.money import Money
from commonweal.people.models import Party
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.collectives import plan
from commonweal.web.collectives.finding import places_near, public_group
from commonweal.web.collectives.forms import StartForm, StartFromForm
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader

_KEPT = "group_to_start"
_FIELDS = ("name", "about", "place", "exact", "theme", "size", "tiers")


@dataclass(frozen=True)
class Baton:
    """What a group hands on to whoever starts from it."""

    source: Collective
    offers: list[discovery.Offer]
    costs: list[plan.Line]
    whole: Money | None
    team: int


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
    """Return what is handed on by the group that the address names, if it is a public one."""
    slug = request.GET.get("from", "")
    source = public_group(slug) if slug and "\0" not in slug else None
    if source is None:
        return None
    costs = plan.lines(discovery.yearly_costs(source))
    offers, team = discovery.offers(source.pk), discovery.team(source.pk)
    return Baton(source, offers, costs, plan.whole(costs), len(team))


def _form(given: Any, baton: Baton | None, first: dict[str, Any]) -> StartForm:
    if baton is None:
        return StartForm(given, initial=first)
    return StartFromForm(given, initial=first, source=baton.source, offers=baton.offers)


def _start(form: StartForm, home: Place, baton: Baton | None, person: Party) -> Collective:
    typed = form.cleaned_data
    language = get_language() or "en"
    if baton is None:
        return actions.start(
            name=typed["name"], about=typed["about"], place=home, themes=form.themes(),
            by=person, language=language,
        )  # fmt: skip
    return start_from(
        source=baton.source, name=typed["name"], about=typed["about"], place=home,
        themes=form.themes(), tiers=typed["tiers"], size=typed["size"],
        goal=_("The first year"), by=person, language=language,
    )  # fmt: skip


def _address(baton: Baton | None) -> str:
    address = reverse("collectives:start")
    return f"{address}?{urlencode({'from': baton.source.slug})}" if baton else address


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
    asked = {name: request.GET[name] for name in ("name", "theme") if name in request.GET}
    return {"place": here, "exact": near[0].slug if near else ""} | asked
