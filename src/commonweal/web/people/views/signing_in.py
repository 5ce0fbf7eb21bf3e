"""Joining, signing in with a code, and signing out."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress
from allauth.account.models import Login as SigningIn
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.giving.actions import claim
from commonweal.people import actions, queries
from commonweal.people.models import Login
from commonweal.web.confirming import way_back
from commonweal.web.errors import too_many
from commonweal.web.hypermedia import render_page
from commonweal.web.people import codes
from commonweal.web.people.forms import AddressForm, CodeForm, JoinForm, NameForm

_PROVED = "proved_address"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for an e-mail address, and mail a code to it, known here or not."""
    return _ask_for_address(request, AddressForm(request.POST or None), "people/sign_in.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Ask for a name too. Who is known already simply signs in, so nobody learns who is."""
    return _ask_for_address(request, JoinForm(request.POST or None), "people/sign_up.html")


def _ask_for_address(request: HttpRequest, form: AddressForm, template: str) -> HttpResponseBase:
    back = way_back(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(back)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "next": back}
        return render_page(request, template, context, status=422 if form.errors else 200)
    email, name = form.cleaned_data["email"], form.cleaned_data.get("name", "")
    if not codes.may_send(request, email):
        return too_many(request)
    codes.send(request, codes.SIGN_IN, email=email, name=name, back=back)
    return redirect("people:sign_in_code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponseBase:
    """Take the code that was mailed."""
    asked = codes.asked(request, codes.SIGN_IN)
    if asked is None:
        return redirect("people:sign_in")
    if "again" in request.POST:
        if not codes.may_send(request, asked.email):
            return too_many(request)
        codes.send(request, codes.SIGN_IN, email=asked.email, name=asked.name, back=asked.back)
        return redirect("people:sign_in_code")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if codes.is_right(request, codes.SIGN_IN, form.cleaned_data["code"]):
            return _enter(request, asked)
        form.add_error("code", _("This is not the code. Look at the newest letter."))
    context = {"form": form, "email": asked.email}
    status = 422 if form.errors else 200
    return render_page(request, "people/sign_in_code.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_name(request: HttpRequest) -> HttpResponseBase:
    """Ask somebody who is new here, and has proved an address, for a name."""
    proved = request.session.get(_PROVED)
    if proved is None:
        return redirect("people:sign_in")
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        del request.session[_PROVED]
        return _join(request, proved["email"], form.cleaned_data["name"], proved["back"])
    context = {"form": form, "email": proved["email"]}
    status = 422 if form.errors else 200
    return render_page(request, "people/sign_in_name.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Sign in with a link that the server itself made, after one press of a button."""
    login = queries.login_by_token(token)
    if login is None or request.method != "POST":
        context = {"login": login}
        status = 200 if login else 410
        return render_page(request, "people/sign_in_link.html", context, status=status)
    return let_in(request, login, login.email, "/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("/")


def _enter(request: HttpRequest, asked: codes.Asked) -> HttpResponseBase:
    login = _login_of(asked.email)
    if login is not None:
        return let_in(request, login, asked.email, asked.back)
    if asked.name:
        return _join(request, asked.email, asked.name, asked.back)
    request.session[_PROVED] = {"email": asked.email, "back": asked.back}
    return redirect("people:sign_in_name")


def _login_of(email: str) -> Login | None:
    other = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    return queries.login_by_email(email) or (other.user if other else None)


def _join(request: HttpRequest, email: str, name: str, back: str) -> HttpResponseBase:
    language = get_language() or "en"
    login = _login_of(email) or actions.sign_up(email=email, name=name, language=language)
    return let_in(request, login, email, back)


def let_in(request: HttpRequest, login: Login, email: str, back: str) -> HttpResponseBase:
    """Sign in who has proved an address; what its guests gave becomes theirs."""
    with transaction.atomic():
        EmailAddress.objects.get_or_create(
            email=email, user=login,
            defaults={"verified": True, "primary": email == login.email},
        )  # fmt: skip
        actions.claim_guest(login=login, email=email)
        claim(login=login, by=login.person)
    record_authentication(request, login, method="code", email=email)
    signing_in = SigningIn(user=login, redirect_url=back, email=email)
    answer: HttpResponseBase = perform_login(request, signing_in)
    return answer
