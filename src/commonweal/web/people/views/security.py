"""Passkeys, the second lock, where one is signed in, and proving again who is there."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.people.models import Login
from commonweal.web.confirming import confirm as confirmed
from commonweal.web.confirming import second_locks, sign_in_required, way_back
from commonweal.web.errors import too_many
from commonweal.web.hypermedia import render_page
from commonweal.web.people import codes, devices
from commonweal.web.people.forms import CodeForm


@sign_in_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Show passkeys, the app and the recovery codes."""
    found: dict[str, list[Any]] = {}
    for one in Authenticator.objects.filter(user=request.user.pk).order_by("pk"):
        found.setdefault(one.type, []).append(one)
    codes_left = [len(one.wrap().get_unused_codes()) for one in found.get("recovery_codes", [])]
    context = {
        "passkeys": [(one, one.wrap().name) for one in found.get("webauthn", [])],
        "app": next(iter(found.get("totp", [])), None),
        "codes_left": codes_left[0] if codes_left else None,
        "tab": "security",
    }
    return render_page(request, "people/security.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in; sign out everywhere else."""
    known = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        for session in known:
            if not session.is_current():
                session.end()
        messages.success(request, _("Signed out everywhere else."))
        return redirect("people:sessions")
    listed = [(one, devices.named(one.user_agent), one.is_current()) for one in known]
    context = {"sessions": listed, "others": len(known) > 1, "tab": "sessions"}
    return render_page(request, "people/sessions.html", context)


@never_cache
@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Ask once more who is there: with the app if there is one, else with a mailed code."""
    login: Login = request.user  # type: ignore[assignment]
    back = way_back(request, otherwise=reverse("people:settings"))
    locks = second_locks(request)
    if Authenticator.Type.TOTP in locks:
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")
    if "send" in request.POST:
        if not codes.may_send(request, login.email):
            return too_many(request)
        codes.send(request, codes.CONFIRM, email=login.email)
        return HttpResponseRedirect(f"{reverse('people:confirm')}?{urlencode({'next': back})}")
    asked = codes.asked(request, codes.CONFIRM)
    form = CodeForm(request.POST or None)
    if asked and request.method == "POST" and form.is_valid():
        if codes.is_right(request, codes.CONFIRM, form.cleaned_data["code"]):
            confirmed(request)
            return HttpResponseRedirect(back)
        form.add_error("code", _("This is not the code. Look at the newest letter."))
    context = {
        "form": form, "asked": asked, "email": login.email, "next": back,
        "passkey": Authenticator.Type.WEBAUTHN in locks,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "people/confirm.html", context, status=status)
