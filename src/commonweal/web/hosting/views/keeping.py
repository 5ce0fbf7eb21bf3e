"""The desk of a host: what waits, what it holds, whom it hosts, and on which terms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.hosting import actions, policies, queries
from commonweal.hosting.models import Host
from commonweal.hosting.rules import Custody
from commonweal.people import policies as people_policies
from commonweal.people import queries as people
from commonweal.people.models import Party, Role
from commonweal.web.confirming import reauthentication_required, sign_in_required
from commonweal.web.hosting import waiting
from commonweal.web.hosting.forms import HostForm, OwnFeeForm, percent
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader, signed_in


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def become_host(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the share, the terms and the bank account of an organization that begins to host."""
    organization = _organization(request, slug)
    form = HostForm(request.POST or None, initial={"account_holder": organization.name, "fee": "5"})
    if request.method == "POST" and form.is_valid():
        typed = form.terms_of_a_host()
        typed.pop("open_to_applications")
        actions.become_host(organization=organization, by=signed_in(request), **typed)
        messages.success(request, _("You hold money for groups from now on."))
        return redirect("hosting:host_desk", slug)
    context = {"organization": organization, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "hosting/become_host.html", context, status=status)


@sign_in_required
@require_safe
def host_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a host has to do, with the oldest first, and whether its books add up."""
    host = host_of(request, slug)
    decides = policies.may_decide(reader(request), host)
    custodies = queries.custodies(host)
    context = {
        "host": host,
        "tab": "desk",
        "decides": decides,
        "custodies": custodies,
        "rate_difference": _rate_difference(host, custodies),
        "groups": queries.hosted(host).count(),
        "todo": waiting.todo(host),
        "recent": waiting.recent(host),
    }
    return render_page(request, "hosting/host_desk.html", context)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a host's share, its terms and its bank account."""
    host = _decided_on(request, slug)
    form = HostForm(request.POST or None, initial=HostForm.standing(host))
    if request.method == "POST" and form.is_valid():
        actions.edit_host(host=host, by=signed_in(request), **form.terms_of_a_host())
        messages.success(request, _("Saved."))
        return redirect("hosting:host_desk", slug)
    context = {"host": host, "form": form, "tab": "settings"}
    status = 422 if form.errors else 200
    return render_page(request, "hosting/host_settings.html", context, status=status)


@sign_in_required
@require_safe
def hosted(request: HttpRequest, slug: str) -> HttpResponse:
    """List whom a host hosts, what each holds, and at which share."""
    host = host_of(request, slug)
    context = {"host": host, "pots": queries.pots(host), "tab": "groups"}
    return render_page(request, "hosting/hosted.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree_fee(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Agree on a share with one group, or end hosting it."""
    host = _decided_on(request, slug)
    hosting = get_object_or_404(queries.hosted(host), pk=number)
    own = "" if hosting.fee_ppm is None else percent(hosting.fee_ppm)
    form = OwnFeeForm(request.POST or None, initial={"fee": own})
    if request.method == "POST" and form.is_valid():
        fee = form.cleaned_data["fee"]
        actions.agree_fee(hosting=hosting, fee_ppm=fee, by=signed_in(request))
        messages.success(request, _("Saved. It counts for what is promised from now on."))
        return redirect("hosting:hosted", slug)
    context = {"host": host, "hosting": hosting, "form": form, "tab": "groups"}
    context["pot"] = queries.pot(hosting)
    status = 422 if form.errors else 200
    return render_page(request, "hosting/agree_fee.html", context, status=status)


@sign_in_required
@require_POST
def end_hosting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a group go whose pot is empty; either side may."""
    hosting = queries.hosting(number)
    if hosting is None or slug not in {hosting.host.party.slug, hosting.collective.slug}:
        raise Http404
    actions.leave(hosting=hosting, by=signed_in(request))
    messages.success(request, _("That has ended. Nobody can give before another host says yes."))
    if slug == hosting.collective.slug:
        return redirect("collectives:desk", slug)
    return redirect("hosting:hosted", slug)


def _rate_difference(host: Host, custodies: list[Custody]) -> Money | None:
    """Return what rates did to what was exchanged; asked only where something was."""
    if not any(one.exchanged for one in custodies):
        return None
    return queries.rate_difference(host, clock.today())


def host_of(request: HttpRequest, slug: str) -> Host:
    """Return a host to those who handle its money; refuse everybody else."""
    host = queries.host_by_slug(slug)
    if host is None:
        raise Http404
    if not policies.may_handle_money(reader(request), host):
        raise NotAllowed
    return host


def _decided_on(request: HttpRequest, slug: str) -> Host:
    host = host_of(request, slug)
    if not policies.may_decide(reader(request), host):
        raise NotAllowed
    return host


def _organization(request: HttpRequest, slug: str) -> Party:
    """Return an organization that is no host yet to its admins."""
    found = people.party_by_slug(slug)
    if found is None or found.kind != Party.Kind.ORGANIZATION:
        raise Http404
    if not people_policies.has_role(reader(request), found, Role.ADMIN):
        raise NotAllowed
    if queries.host_by_slug(slug):
        raise actions.AlreadyAHost
    return found
