"""Pages for what went wrong: what happened, what is safe, what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from commonweal.foundation.errors import Refused
from commonweal.web import stylesheet
from commonweal.web.hypermedia import render_page, wants_part

_IN_PLACE = {"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML"}
_SECRET = {"csrfmiddlewaretoken", "password", "code", "token"}


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Say why, and keep what was typed on the page, so that it can be sent again."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _SECRET
        for value in values
    ]
    context = {"message": error.told_in(_), "status": error.status, "typed": typed}
    return _whole(request, "errors/refused.html", context, error.status)


def wrong_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something we do not understand."""
    return _page(request, 400, _("We did not understand that"))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this is not for you."""
    return _page(request, 403, _("This is not yours to open"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is at this address."""
    return _page(request, 404, _("There is nothing here"))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too often."""
    response = _page(request, 429, _("That was too often"))
    response["Retry-After"] = "300"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Nothing is asked of the database, which may be the reason."""
    page = render_to_string("errors/500.html", {"stylesheet": stylesheet.address()})
    return HttpResponse(page, status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long or came from elsewhere (CSRF)."""
    return _page(request, 403, _("This form is too old"), template="errors/stale_form.html")


def _page(request: HttpRequest, status: int, title: str, *, template: str = "") -> HttpResponse:
    context: dict[str, Any] = {"title": title, "status": status}
    return _whole(request, template or f"errors/{status}.html", context, status)


def _whole(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """Render a page that stands where the content was, also when htmx asked for a part of it."""
    response = render_page(request, template, context, status=status)
    if wants_part(request):
        for name, value in _IN_PLACE.items():
            response[name] = value
    return response
