"""Following a group by mail, without a login: an address, and a letter that confirms it."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods

from commonweal.knowledge import queries
from commonweal.mail import post
from commonweal.people import actions as people
from commonweal.people import rules
from commonweal.people.models import Role
from commonweal.people.queries import login_by_email
from commonweal.web.errors import too_many
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page

_LIMITS = {"follow": "20/h/ip,3/h/key"}


class AddressForm(forms.Form):
    """Where the letters go."""

    email = forms.EmailField(
        label=lazily("Your e-mail address"),
        max_length=rules.LONGEST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=lazily("Nobody else sees it. Each letter has a link that stops them."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow_by_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for an address and send a letter to it; nothing is kept until it is confirmed."""
    collective = seen_by_reader(request, slug)
    form = AddressForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        email, language = form.cleaned_data["email"].lower(), get_language() or "en"
        if not ratelimit.consume(
            request, app="commonweal.knowledge", action="follow", config=_LIMITS, key=email
        ):
            return too_many(request)
        token = queries.confirm_token(collective, email, language)
        context = {"collective": collective, "token": token}
        post.send_now("follow_confirm", address=email, language=language, context=context)
    page = {"collective": collective, "form": form, "sent": sent}
    status = 422 if form.errors else 200
    return render_page(request, "knowledge/follow_by_mail.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; pressing it proves the address and follows the group."""
    asked = queries.asked_by_token(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        _follow(asked)
    context = {"collective": asked.collective, "done": request.method == "POST"}
    return render_page(request, "knowledge/confirm.html", context)


@transaction.atomic
def _follow(asked: queries.Asked) -> None:
    """Let whoever the address belongs to follow; somebody new is a guest without a name."""
    login = login_by_email(asked.email)
    person = (
        login.person
        if login
        else people.ensure_guest(email=asked.email, name=rules.ERASED_NAME, language=asked.language)
    )
    people.grant(person=person, party=asked.collective.party, role=Role.FOLLOWER, by=None)
