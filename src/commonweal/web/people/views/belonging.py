"""What one belongs to: roles, invitations, organizations of one's own, and their teams."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.errors import NotAllowed
from commonweal.people import actions, policies, queries
from commonweal.people.models import Invitation, Membership, Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.people.forms import InviteForm, OrganizationForm, OrganizationProfileForm
from commonweal.web.people.views.settings import change_profile

_SHOWN = ("name", "slug", "about", "website", "language", "legal_form")


@sign_in_required
@require_http_methods(["GET", "HEAD"])
def memberships(request: HttpRequest) -> HttpResponse:
    """Show what one belongs to."""
    person = _reader(request)
    context = {"memberships": queries.memberships_of(person), "tab": "memberships"}
    return render_page(request, "people/memberships.html", context)


@sign_in_required
@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """End one's own role, or that of somebody in what one runs."""
    membership = get_object_or_404(
        Membership.objects.select_related("person", "party"), pk=number, until=None
    )
    reader = _reader(request)
    actions.leave(person=membership.person, party=membership.party, role=membership.role, by=reader)
    messages.success(request, _("That role has ended."))
    own = membership.person_id == reader.pk
    return redirect("people:memberships") if own else redirect("people:team", membership.party.slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_organization(request: HttpRequest) -> HttpResponse:
    """Make a page for a company, an association or a public body."""
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_organization(by=_reader(request), **form.cleaned_data)
        return redirect("people:profile", made.slug)
    context = {"form": form, "tab": "memberships"}
    status = 422 if form.errors else 200
    return render_page(request, "people/new_organization.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what the page of an organization shows."""
    party = _run_by_reader(request, slug)
    initial = {field: getattr(party, field) for field in _SHOWN}
    form = OrganizationProfileForm(request.POST or None, request.FILES or None, initial=initial)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and change_profile(party, form, by=_reader(request)):
        return redirect("people:profile", party.slug)
    status = 422 if form.errors else 200
    context = {"form": form, "party": party}
    return render_page(request, "people/edit_organization.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who does what in a group or an organization; invite people."""
    party, reader = _run_by_reader(request, slug), _reader(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.invite(party=party, email=told["email"], role=told["role"], by=reader)
        messages.success(request, _("The invitation is on its way."))
        return redirect("people:team", slug)
    current = Membership.objects.filter(party=party, role__in=queries.TEAM, until=None)
    context = {
        "form": form, "party": party, "open": queries.open_invitations(party),
        "memberships": current.select_related("person").order_by("since", "pk"),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "people/team.html", context, status=status)


@sign_in_required
@require_POST
def withdraw_invitation(request: HttpRequest, number: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.select_related("party"), pk=number)
    actions.withdraw_invitation(invitation=invitation, by=_reader(request))
    return redirect("people:team", invitation.party.slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show who asks the reader to be what; take the role."""
    found = queries.invitation_by_token(token)
    if request.method == "POST":
        membership = actions.accept(token=token, by=_reader(request))
        messages.success(request, _("Welcome to the team."))
        return redirect("people:profile", membership.party.slug)
    status = 200 if found else 410
    return render_page(request, "people/invitation.html", {"invitation": found}, status=status)


def _reader(request: HttpRequest) -> Party:
    person: Party = request.user.person  # type: ignore[union-attr]
    return person


def _run_by_reader(request: HttpRequest, slug: str) -> Party:
    party = queries.party_by_slug(slug)
    if party is None or party.kind == Party.Kind.PERSON:
        raise Http404
    if party.kind == Party.Kind.COLLECTIVE:
        seen_by_reader(request, party.slug)
    if not policies.may_give_roles(_reader(request), party):
        raise NotAllowed
    return party
