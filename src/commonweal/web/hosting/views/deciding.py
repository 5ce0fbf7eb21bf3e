"""A host's admins read a request to join, and say yes, no, or ask first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.activity import queries as activity
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.hosting import actions, policies, queries
from commonweal.hosting.models import Application
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.hosting import telling
from commonweal.web.hosting.forms import OwnFeeForm, QuestionForm, ReasonForm
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in


@sign_in_required
@require_safe
def application(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show who asks, what they want to do, and what was said; decide."""
    context = _context(_to_decide(request, slug, number))
    return render_page(request, "hosting/application.html", context)


@sign_in_required
@require_POST
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say yes, perhaps at a share of its own."""
    found = _to_decide(request, slug, number)
    form = OwnFeeForm(request.POST)
    if not form.is_valid():
        context = _context(found) | {"fee_form": form}
        return render_page(request, "hosting/approve.html", context, status=422)
    actions.approve(application=found, by=signed_in(request), fee_ppm=form.cleaned_data["fee"])
    name = found.collective.name
    messages.success(request, _("%(name)s is with you now, and public.") % {"name": name})
    return redirect("hosting:host_desk", slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask something before deciding."""
    found = _to_decide(request, slug, number)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask(application=found, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Your question is on its way."))
        return redirect("hosting:host_desk", slug)
    return _again(request, "ask", found, form)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say no, and why."""
    found = _to_decide(request, slug, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline(application=found, by=signed_in(request), **form.cleaned_data)
        name = found.collective.name
        messages.success(request, _("%(name)s will read your reason.") % {"name": name})
        return redirect("hosting:host_desk", slug)
    return _again(request, "decline", found, form)


def _again(request: HttpRequest, name: str, found: Application, form: forms.Form) -> HttpResponse:
    context = {
        "application": found, "collective": found.collective, "host": found.host, "form": form,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, f"hosting/{name}.html", context, status=status)


def _context(found: Application) -> dict[str, Any]:
    """Return all that a host needs to know to decide."""
    facts = list(activity.timeline(f"application:{found.pk}", private=True))
    goals = found.collective.goals.all()
    by = Party.objects.in_bulk({fact.by_id for fact in facts if fact.by_id})
    return {
        "application": found,
        "collective": found.collective,
        "host": found.host,
        "themes": found.collective.themes.all(),
        "team": people.team(found.collective),
        "goals": [(goal, Money(goal.amount_minor, goal.currency)) for goal in goals],
        "events": telling.events(facts, by),
        "waits": found.status in {Application.Status.PENDING, Application.Status.ASKED},
        "fee_form": OwnFeeForm(),
    }


def _to_decide(request: HttpRequest, slug: str, number: int) -> Application:
    """Return an application to those who decide about it; refuse everybody else."""
    found = queries.application(number)
    if found is None or found.host.party.slug != slug:
        raise Http404
    if not policies.may_decide(signed_in(request), found.host):
        raise NotAllowed
    return found
