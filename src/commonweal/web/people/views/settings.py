"""Settings: what others see, the addresses one is reached at, one's data, and leaving for good."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.banking.actions import forget_payer
from commonweal.foundation import pictures
from commonweal.giving.actions import claim, stop_all
from commonweal.knowledge import queries as knowledge
from commonweal.knowledge.actions import forget_asks, forget_help
from commonweal.mail import mailbox, post
from commonweal.mail.writing import write
from commonweal.papers.actions import forget_details
from commonweal.payments.actions import forget_mandates
from commonweal.people import actions, queries
from commonweal.people.models import Login, Party
from commonweal.spending.actions import forget_accounts
from commonweal.web.confirming import reauthentication_required, sign_in_required
from commonweal.web.errors import too_many
from commonweal.web.hypermedia import render_page
from commonweal.web.people import codes, own_data
from commonweal.web.people.forms import AddressForm, CodeForm, EraseForm, PersonForm, ProfileForm

_STAYS = gettext_lazy(
    "You made another address the first one lately. For three days all of them stay, so that you "
    "hear of it if somebody else did."
)
_SHOWN = ("name", "slug", "about", "website", "language", "findable")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change one's own profile."""
    person: Party = request.user.person  # type: ignore[union-attr]
    initial = {field: getattr(person, field) for field in _SHOWN}
    form = PersonForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and change_profile(person, form, by=person):
        messages.success(request, _("Saved."))
        return redirect("people:settings")
    context = {"form": form, "tab": "profile"}
    status = 422 if form.errors else 200
    return render_page(request, "people/settings.html", context, status=status)


def change_profile(party: Party, form: ProfileForm, *, by: Party) -> bool:
    """Change a profile as a valid form says; False, with a reason in the form, if it cannot be."""
    told = form.cleaned_data
    try:
        picture = pictures.square(told["picture"].file) if told["picture"] else None
        with transaction.atomic():
            actions.rename(party=party, name=told["name"], slug=told["slug"], by=by)
            actions.edit_profile(
                party=party, about=told["about"], website=told["website"],
                language=told["language"], findable=told.get("findable"),
                legal_form=told.get("legal_form"), by=by,
            )  # fmt: skip
            if picture or told["no_picture"]:
                actions.set_picture(party=party, picture=picture, by=by)
    except pictures.NotAPicture:
        form.add_error("picture", _("This is no picture. Choose a JPEG, PNG, WebP or GIF file."))
    except actions.SlugTaken as error:
        form.add_error("slug", error.told_in(_))
    return not form.errors


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponseBase:
    """Show one's e-mail addresses; add one, by a code sent to it."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not codes.may_send(request, email):
            return too_many(request)
        codes.send(request, codes.ADDRESS, email=email)
        return redirect("people:address_code")
    context = {"form": form, "addresses": _addresses(request.user), "tab": "addresses"}
    status = 422 if form.errors else 200
    return render_page(request, "people/addresses.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def address_code(request: HttpRequest) -> HttpResponseBase:
    """Take the code that proves another address."""
    asked = codes.asked(request, codes.ADDRESS)
    if asked is None:
        return redirect("people:addresses")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if codes.is_right(request, codes.ADDRESS, form.cleaned_data["code"]):
            _add_address(request, asked.email)
            return redirect("people:addresses")
        form.add_error("code", _("This is not the code. Look at the newest letter."))
    context = {"form": form, "email": asked.email, "tab": "addresses"}
    status = 422 if form.errors else 200
    return render_page(request, "people/address_code.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, number: int) -> HttpResponse:
    """Make an address the first one, or remove it; the first one stays."""
    login: Login = request.user  # type: ignore[assignment]
    found = EmailAddress.objects.filter(user=login, pk=number, verified=True).first()
    if request.method == "POST" and found is not None:
        if "first" in request.POST:
            _make_first(login, found)
        elif queries.moved_address_lately(login):
            messages.error(request, _STAYS)
        elif found.email != login.email:
            found.delete()
        return redirect("people:addresses")
    if found is None:
        return redirect("people:addresses")
    context = {"address": found, "first": found.email == login.email, "tab": "addresses"}
    return render_page(request, "people/address.html", context)


@transaction.atomic
def _make_first(login: Login, address: EmailAddress) -> None:
    """Let letters go to another address; the one before is told, in case somebody else did it."""
    language = login.person.language
    told = write("address_moved", language, {})
    post.queue("person.moved_address", told, address=login.email, language=language)
    actions.change_email(login=login, email=address.email, by=login.person)
    EmailAddress.objects.filter(user=login).update(primary=False)
    EmailAddress.objects.filter(pk=address.pk).update(primary=True)


def _add_address(request: HttpRequest, email: str) -> None:
    """Keep an address that was proved, unless it is somebody else's."""
    login: Login = request.user  # type: ignore[assignment]
    taken = EmailAddress.objects.filter(email__iexact=email).exclude(user=login).exists()
    owner = queries.login_by_email(email)
    if taken or (owner is not None and owner.pk != login.pk):
        messages.error(request, _("Another person here signs in with this address."))
        return
    with transaction.atomic():
        EmailAddress.objects.get_or_create(user=login, email=email, defaults={"verified": True})
        actions.claim_guest(login=login, email=email, by=login.person)
        claim(login=login, by=login.person)
    messages.success(request, _("This address is yours now."))


def _addresses(login: object) -> list[EmailAddress]:
    assert isinstance(login, Login)
    EmailAddress.objects.get_or_create(
        user=login, email=login.email, defaults={"verified": True, "primary": True}
    )
    return list(EmailAddress.objects.filter(user=login, verified=True).order_by("-primary", "pk"))


@sign_in_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Explain what is kept about somebody, and offer it."""
    return render_page(request, "people/data.html", {"tab": "data"})


@reauthentication_required
@require_safe
def data_download(request: HttpRequest) -> HttpResponse:
    """Give everything that is kept about the reader, as JSON."""
    kept = own_data.collect(request.user)  # type: ignore[arg-type]
    answer = JsonResponse(kept, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Explain what goes and what stays; then erase the reader."""
    login: Login = request.user  # type: ignore[assignment]
    form = EraseForm(request.POST or None)
    left_alone = list(queries.only_admin_of(login.person))
    if request.method == "POST" and form.is_valid() and not left_alone:
        _erase(login)
        logout(request)
        return redirect("people:erased")
    context = {"form": form, "left_alone": left_alone, "tab": "data"}
    status = 422 if form.errors else 200
    return render_page(request, "people/erase.html", context, status=status)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render_page(request, "people/erased.html", {})


@transaction.atomic
def _erase(login: Login) -> None:
    known = EmailAddress.objects.filter(user=login).values_list("email", flat=True)
    addresses = {login.email, *known}
    for email in addresses:
        post.forget(email)
        mailbox.forget(email)
    for session in UserSession.objects.filter(user=login):
        session.end()
    post.forget_about(knowledge.asks_of(login.person))
    forget_asks(person=login.person, by=login.person)
    forget_accounts(person=login.person, by=login.person)
    forget_mandates(person=login.person, by=login.person)
    forget_help(person=login.person, addresses=addresses, by=login.person)
    stop_all(person=login.person, by=login.person)
    forget_payer(person=login.person, by=login.person)
    forget_details(person=login.person, by=login.person)
    actions.erase(person=login.person, by=login.person)
