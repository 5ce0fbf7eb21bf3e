"""Starting a group: one short form; what was typed survives signing in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.collectives import actions
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.collectives.finding import places_near
from commonweal.web.collectives.forms import StartForm
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader

_KEPT = "group_to_start"
_FIELDS = ("name", "about", "place", "exact", "theme")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take what a new group is called, what it is for, where and about what; then it exists."""
    person, kept = reader(request), request.session.get(_KEPT, {})
    near = places_near(request)
    form = StartForm(request.POST or None, initial=_first(request, near) | kept)
    if request.method == "POST" and form.is_valid() and form.home:
        typed = form.cleaned_data
        if person is None:
            request.session[_KEPT] = {name: request.POST.get(name, "") for name in _FIELDS}
            return redirect_to_login(reverse("collectives:start"))
        made = actions.start(
            name=typed["name"], about=typed["about"], place=form.home, themes=form.themes(),
            by=person, language=get_language() or "en",
        )  # fmt: skip
        request.session.pop(_KEPT, None)
        messages.success(request, _("%(name)s exists now, as a draft.") % {"name": made.name})
        return redirect("collectives:desk", made.slug)
    context = {"form": form, "near": near, "kept": bool(kept) and person is not None}
    status = 422 if form.errors else 200
    return render_page(request, "collectives/start.html", context, status=status)


def _first(request: HttpRequest, near: list[Place]) -> dict[str, Any]:
    """Return what stands in the form before anybody typed."""
    here = formats.local(near[0].names, near[0].name) if near else ""
    asked = {name: request.GET[name] for name in ("name", "theme") if name in request.GET}
    return {"place": here, "exact": near[0].slug if near else ""} | asked
