"""What the picture of a group, of what it does and of a place says, and where that picture is.

The address holds a hash of what is drawn, so it may be kept for good; any other hash leads to the
picture of today. An address with nothing but a language does too, for pages that read no budget.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Activity, Collective
from commonweal.discovery import queries as discovery
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.ledger.queries import Totals
from commonweal.people.models import Instance
from commonweal.people.queries import party_by_slug
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.context import CURRENCY, this_instance
from commonweal.web.costing import Cost, cost_of
from commonweal.web.sharing import posters
from commonweal.web.sharing.posters import Card, Figure

_FOR_GOOD = "public, max-age=31536000, immutable"


def of_group(group: Collective, totals: Totals, site: Instance) -> Card:
    """Return what the picture of a group says."""
    since = group.published_at
    raised = (
        _("raised since %(month)s") % {"month": formats.day(since, "month")}
        if since
        else _("raised")
    )
    return Card(
        seed=group.slug,
        name=group.name,
        line=group.about,
        figures=(
            _figure(_("in the pot today"), totals.balance),
            _figure(raised, totals.raised),
            _figure(_("spent so far, fees included"), -totals.spent),
        ),
        came=totals.raised.minor,
        went=totals.spent.minor,
        site=site.name,
        address=_shown(f"/{group.slug}"),
    )


def of_activity(activity: Activity, cost: Cost, site: Instance) -> Card:
    """Return what the picture of an event or a project says: when, where, and what it cost."""
    figures = []
    if cost.whole:
        figures.append(_figure(_("spent on it"), cost.whole))
    if activity.attendance is not None:
        came = formats.number(activity.attendance)
        figures.append(Figure(_("people came"), (came, "", "")))
    if cost.whole and cost.each:
        figures.append(_figure(_("for each of them"), cost.each))
    days = formats.day(activity.starts_on)
    if activity.ends_on != activity.starts_on:
        days = f"{days} – {formats.day(activity.ends_on)}"
    where = [_name(activity.place)] if activity.place else []
    return Card(
        seed=activity.slug,
        name=activity.name,
        line=" · ".join([days, *where, activity.organizer.name]),
        figures=tuple(figures),
        came=0,
        went=0,
        site=site.name,
        address=_shown(f"/{activity.slug}"),
    )


def of_place(place: Place | None, totals: Totals, groups: int, site: Instance) -> Card:
    """Return what the picture of a city says, or of all places together."""
    told = ngettext("%(number)s group", "%(number)s groups", groups)
    return Card(
        seed=place.slug if place else site.name,
        name=_name(place) if place else site.name,
        line=f"{told % {'number': formats.number(groups)}} · {_('The open book')}",
        figures=(
            _figure(_("In the pots now"), totals.balance),
            _figure(_("Raised"), totals.raised),
            _figure(_("Spent"), -totals.spent),
        ),
        came=totals.raised.minor,
        went=totals.spent.minor,
        site=site.name,
        address=_shown(""),
    )


def version(card: Card) -> str:
    """Return the part of an address that stands for this picture."""
    return f"{_language()}-{posters.version(card)}"


def lately(slug: str) -> str:
    """Return where the picture of a group or activity is, whatever its budget is by then."""
    return reverse("sharing:card", args=[slug, _language()])


def city_lately() -> str:
    """Return where the picture of the whole city is, whatever its budget is by then."""
    return reverse("sharing:city_card", args=[_language()])


@require_safe
def card(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Draw the picture of a group or of something it does."""
    group = collectives.by_slug(slug)
    if group is None:
        party = party_by_slug(slug)
        activity = collectives.activity(party.pk) if party else None
        if activity is None or activity.organizer.published_at is None:
            raise Http404
        cost, site = cost_of(activity), this_instance(request)
        return _answer(version, lambda: of_activity(activity, cost, site), "card", slug)
    if group.published_at is None:
        raise Http404
    totals = ledger.totals(Scope.COLLECTIVE, group.pk, group.currency)
    site = this_instance(request)
    return _answer(version, lambda: of_group(group, totals, site), "card", slug)


@require_safe
def city_card(request: HttpRequest, version: str) -> HttpResponse:
    """Draw the picture of the city this server is for, or of all places."""
    site = this_instance(request)
    place = site.place
    scope, number = (Scope.PLACE, place.pk) if place else (Scope.PLATFORM, 0)
    totals, groups = ledger.totals(scope, number, CURRENCY), discovery.census(place).groups
    return _answer(version, lambda: of_place(place, totals, groups, site), "city_card")


@require_safe
def place_card(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Draw the picture of a place."""
    place = places.by_slug(slug)
    if place is None:
        raise Http404
    totals = ledger.totals(Scope.PLACE, place.pk, CURRENCY)
    groups, site = discovery.census(place).groups, this_instance(request)
    return _answer(version, lambda: of_place(place, totals, groups, site), "place_card", slug)


def _answer(asked: str, said: Callable[[], Card], view: str, *names: str) -> HttpResponse:
    """Draw what is true today; whoever asks for anything else is shown the way there."""
    language = asked.partition("-")[0]
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        card = said()
        today = version(card)
    if asked != today:
        return redirect(f"sharing:{view}", *names, today)
    answer = HttpResponse(posters.draw(card), content_type="image/png")
    answer["Cache-Control"] = _FOR_GOOD
    return answer


def _figure(label: str, money: Money) -> Figure:
    return Figure(label, formats.in_two(money))


def _name(place: Place) -> str:
    return formats.local(place.names, place.name)


def _shown(path: str) -> str:
    """Return an address as people read it, without how it is fetched."""
    return f"{urlsplit(settings.ADDRESS).netloc}{path}"


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
