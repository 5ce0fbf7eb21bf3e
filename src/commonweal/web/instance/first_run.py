"""The very first page of an empty server: its name, and who looks after it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonweal.foundation import secret_file
from commonweal.people import actions, rules
from commonweal.people.models import Instance
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web.hypermedia import render_page
from commonweal.web.people.views.signing_in import let_in

logger = logging.getLogger(__name__)

_ALWAYS_OPEN = ("/first-run", "/static/", "/stylesheet/", "/language/")


class FirstRunForm(forms.Form):
    """What a server must know before it serves."""

    token = forms.CharField(
        label=gettext_lazy("Setup word"),
        help_text=gettext_lazy("It stands on the screen where the server was started."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of this site"), max_length=rules.LONGEST_NAME,
        help_text=gettext_lazy("Such as the name of your city or your federation."),
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("City"), help_text=gettext_lazy("Where most of its groups are at home.")
    )
    admin_name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=rules.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    admin_email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("You sign in with it from now on."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def clean_token(self) -> str:
        """Let nobody in who cannot see the server's screen."""
        typed: str = self.cleaned_data["token"].strip()
        if not constant_time_compare(typed, secret_file.kept(settings.FIRST_RUN_TOKEN)):
            raise forms.ValidationError(_("This is not the word. Copy it from the screen."))
        return typed

    def clean_place(self) -> Place:
        """Find the city."""
        found = places.the_one_called(self.cleaned_data["place"])
        if found is None:
            raise forms.ValidationError(_("We do not know this city. Try one near it."))
        return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponseBase:
    """Name an empty server and its first administrator, who is signed in at once."""
    if Instance.objects.exists():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = dict(form.cleaned_data)
        del told["token"]
        login = actions.set_up(language=get_language() or "en", **told)
        settings.FIRST_RUN_TOKEN.unlink(missing_ok=True)
        return let_in(request, login, login.email, reverse("people:settings"))
    status = 422 if form.errors else 200
    return render_page(request, "instance/first_run.html", {"form": form}, status=status)


class FirstRunMiddleware:
    """Lead everybody to the first page until the server is set up. A demo comes set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.is_set_up = settings.DEMO

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Ask the database until the answer is yes, then never again."""
        if not self.is_set_up and not request.path.startswith(_ALWAYS_OPEN):
            self.is_set_up = Instance.objects.exists()
            if not self.is_set_up:
                secret_file.kept(settings.FIRST_RUN_TOKEN)
                logger.warning("Nobody set this up: the word is in %s", settings.FIRST_RUN_TOKEN)
                return redirect("instance:first_run")
        return self.get_response(request)
