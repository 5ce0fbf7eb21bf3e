"""Who reads, what to say when something is refused, and what browsers may keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from commonweal.foundation.errors import Refused
from commonweal.web import errors

if TYPE_CHECKING:
    from commonweal.people.models import Party

type Answer = Callable[[HttpRequest], HttpResponseBase]

_SHARED_S = 1
_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ReaderMiddleware:
    """Say in `request.person` who is signed in: a party, or None."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look the person up once."""
        request.person = _person(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusedMiddleware:
    """Turn a refusal of the domain into a page that says why and loses nothing typed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; refusals arrive below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal with its message and its status."""
        return errors.refused(request, error) if isinstance(error, Refused) else None


class HeadMiddleware:
    """Answer HEAD with the headers that GET would have, and no body (RFC 9110, section 9.3.2)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let go of what no browser would read."""
        response = self.get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
        return response


class KeepingMiddleware:
    """Tell browsers and shared caches what they may keep.

    A page read signed out carries no cookie and may be shared for a second; a signed-in one is
    private. Each is asked about again by its ETag, so nobody sees an old balance.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers that views did not set themselves."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _FEATURES)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        if not response.has_header("Cache-Control"):
            _say_what_may_be_kept(request, response)
        return response


def _person(request: HttpRequest) -> Party | None:
    return request.user.person if request.user.is_authenticated else None


def _say_what_may_be_kept(request: HttpRequest, response: HttpResponseBase) -> None:
    shared = (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and response.status_code == 200  # noqa: PLR2004
        and not response.cookies
        and getattr(request, "person", None) is None
    )
    if shared:
        patch_cache_control(response, public=True, max_age=0, s_maxage=_SHARED_S)
    else:
        patch_cache_control(response, private=True, no_cache=True)
