"""Changing what a group says: its page and its goals."""

from __future__ import annotations

from babel.numbers import get_currency_symbol
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.collectives import actions
from commonweal.collectives.models import Collective
from commonweal.foundation import pictures
from commonweal.foundation.money import Money
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.web import formats
from commonweal.web.collectives.finding import places_near, run_by_reader
from commonweal.web.collectives.forms import EditForm, GoalForm
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the page of a group; look at the story before it is saved."""
    collective = run_by_reader(request, slug)
    form = EditForm(
        request.POST or None, request.FILES or None, initial=EditForm.standing(collective)
    )
    only_looks = "preview" in request.POST
    if request.method == "POST" and not only_looks and form.is_valid():
        renamed = _save(collective, form, signed_in(request))
        if renamed:
            messages.success(request, _("Saved."))
            return redirect("collectives:edit", renamed.slug)
    context = {
        "collective": collective,
        "form": form,
        "tab": "page",
        "near": places_near(request),
        "preview": request.POST.get("story", "") if only_looks else "",
    }
    status = 422 if form.is_bound and form.errors and not only_looks else 200
    return render_page(request, "collectives/edit.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a group aims for; aim for something more."""
    collective = run_by_reader(request, slug)
    form = GoalForm(request.POST or None, currency=collective.currency)
    if request.method == "POST" and form.is_valid():
        actions.add_goal(collective=collective, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The goal is on your page."))
        return redirect("collectives:goals", slug)
    aims = collective.goals.all()
    context = {
        "collective": collective,
        "form": form,
        "mark": get_currency_symbol(collective.currency, locale=formats.locale()),
        "aims": [(goal, Money(goal.amount_minor, goal.currency)) for goal in aims],
        "tab": "goals",
    }
    status = 422 if form.errors else 200
    return render_page(request, "collectives/goals.html", context, status=status)


@sign_in_required
@require_POST
def remove_goal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Stop aiming for something."""
    collective = run_by_reader(request, slug)
    goal = get_object_or_404(collective.goals, pk=number)
    actions.remove_goal(goal=goal, by=signed_in(request))
    return redirect("collectives:goals", slug)


def _save(collective: Collective, form: EditForm, by: Party) -> Party | None:
    """Change the page as a valid form says; None, with a reason in the form, if it cannot be."""
    told = form.cleaned_data
    try:
        picture = pictures.square(told["picture"].file) if told["picture"] else None
        with transaction.atomic():
            actions.edit(
                collective=collective, by=by, name=told["name"], about=told["about"],
                place=form.home, themes=told["themes"], tags=told["tags"], story=told["story"],
                website=told["website"],
            )  # fmt: skip
            if picture or told["no_picture"]:
                people.set_picture(party=collective.party, picture=picture, by=by)
            return people.rename(
                party=collective.party, name=told["name"], slug=told["slug"], by=by
            )
    except pictures.NotAPicture:
        form.add_error("picture", _("This is no picture. Choose a JPEG, PNG, WebP or GIF file."))
    except people.SlugTaken as error:
        form.add_error("slug", error.told_in(_))
    return None
