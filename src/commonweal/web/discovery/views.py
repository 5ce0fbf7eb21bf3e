"""The first page of a city, and the list of its groups and what they do."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commonweal.collectives.models import Theme
from commonweal.discovery import queries
from commonweal.web.context import this_instance
from commonweal.web.discovery import city
from commonweal.web.discovery.cards import cards
from commonweal.web.discovery.finding import elsewhere, start_with, tabs
from commonweal.web.discovery.forms import SearchForm
from commonweal.web.hypermedia import render_page
from commonweal.web.pages import changed
from commonweal.web.sharing import heads

_THEMES = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the city does together, and where to begin."""
    site = this_instance(request)
    context = city.portrait(site.place)
    groups = context["census"].groups
    context["shared"] = heads.of_home(site.place, context["totals"], groups, site)
    return render_page(request, "discovery/home.html", context)


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """List what fits a question, a theme and a place."""
    return _explore(request)


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """List what is about a theme; its address is one to keep."""
    return _explore(request, get_object_or_404(Theme, slug=slug))


def _explore(request: HttpRequest, theme: Theme | None = None) -> HttpResponse:
    themes, places = queries.themes(most=100), queries.places()
    given = request.GET.dict() | ({"theme": theme.slug} if theme else {})
    form = SearchForm(given, themes=themes, places=places)
    search = replace(form.search(), near=this_instance(request).place_id)
    found = queries.explore(search)
    missed = found.nearly or not found.count
    context = {
        "form": form,
        "theme": theme,
        "shared": heads.of_theme(theme) if theme and not request.GET else None,
        "search": search,
        "found": found,
        "tabs": tabs(request, search, found),
        "cards": cards(found.groups, currency=city.CURRENCY),
        "start": start_with(search),
        "meant": (queries.meant(search.text) or themes[:_THEMES]) if missed else [],
        "elsewhere": elsewhere(search) if missed else [],
        "older": changed(request, after=found.after) if found.after else "",
        "newest": changed(request, after=None) if search.after else "",
    }
    return render_page(request, "discovery/explore.html", context, part="found")
