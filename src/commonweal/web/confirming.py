"""Asking who is there once more, before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from commonweal.foundation import clock

FRESH_S = 15 * 60
# Where each sort of lock is asked for, an app before a passkey.
_ASKING = {"totp": "mfa_reauthenticate", "webauthn": "mfa_reauthenticate_webauthn"}

type View = Callable[..., HttpResponseBase]


def reauthentication_required(view: View) -> View:
    """Let in who proved within a quarter of an hour that it is them; ask others first."""

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if confirmed_lately(request):
            return view(request, *args, **kwargs)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('people:confirm')}?{query}")

    return ask_first


def sign_in_required(view: View) -> View:
    """Let in who is signed in; others sign in first and come back."""

    @wraps(view)
    def sign_in_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path())

    return sign_in_first


def confirmed_lately(request: HttpRequest) -> bool:
    """Whether this browser proved lately who is there, by signing in or by being asked again."""
    records = get_authentication_records(request, request.user)
    now_s = clock.now().timestamp()
    return bool(records) and now_s - float(records[-1]["at"]) < FRESH_S


def confirm(request: HttpRequest) -> None:
    """Remember that the person was asked again just now."""
    record_authentication(request, request.user, method="code", reauthenticated=True)


def second_locks(request: HttpRequest) -> set[str]:
    """Return which sorts of passkeys and apps the person has."""
    found = Authenticator.objects.filter(user=request.user.pk)
    return set(found.values_list("type", flat=True))


def ask_for_lock(request: HttpRequest, *, always: bool) -> HttpResponseBase | None:
    """Return where to prove who is there with a passkey or app, or None for who did so lately.

    Who has neither is let in, unless it is `always` asked for.
    """
    locks = second_locks(request) & set(_ASKING)
    if not locks and not always:
        return None
    if not locks:
        messages.warning(request, _("This needs a passkey or an app. Add one here, then go on."))
        return HttpResponseRedirect(reverse("people:security"))
    records = get_authentication_records(request, request.user)
    since_s = clock.now().timestamp() - FRESH_S
    if any(one["method"] == "mfa" and float(one["at"]) > since_s for one in records):
        return None
    asking = next(view for lock, view in _ASKING.items() if lock in locks)
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse(asking)}?{query}")


def way_back(request: HttpRequest, *, otherwise: str = "/") -> str:
    """Return where `next` says to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else otherwise
