"""Planning what a group does, changing it, and closing it once it is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.collectives import actions, policies, queries
from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.ledger import queries as ledger
from commonweal.people import rules as people
from commonweal.people.models import Party
from commonweal.web.collectives.closing import ClosingForm
from commonweal.web.collectives.finding import places_near
from commonweal.web.collectives.forms import HomeForm
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in


class ActivityForm(HomeForm):
    """What is done, where and when; an event of one day ends on the day it starts."""

    kind = forms.ChoiceField(
        label=lazily("What is it?"),
        choices=[(Party.Kind.EVENT, lazily("An event")), (Party.Kind.PROJECT, lazily("A project"))],
        widget=forms.RadioSelect,
        initial=Party.Kind.EVENT,
    )
    theme = forms.ChoiceField(label=lazily("What is it about?"))
    starts_on = forms.DateField(
        label=lazily("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=lazily("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=lazily("Leave it empty if it is over in one day."),
    )
    series = forms.CharField(
        label=lazily("Name of the series"),
        required=False,
        max_length=people.LONGEST_NAME,
        help_text=lazily("If you do it again and again, the same name each time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = queries.themes()  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what an activity says."""
        typed = self.cleaned_data
        return {
            "name": typed["name"], "about": typed["about"], "place": self.home,
            "theme": Theme.objects.get(slug=typed["theme"]), "starts_on": typed["starts_on"],
            "ends_on": typed["ends_on"] or typed["starts_on"],
        }  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan something that the group does."""
    collective = _planned_by_reader(request, slug)
    first = collective.themes.first()
    form = ActivityForm(
        request.POST or None,
        initial={"theme": first.pk if first else "", "place": str(collective.place or "")},
    )
    by = signed_in(request)

    def plan() -> Activity:
        typed = form.cleaned_data
        return actions.plan_activity(
            collective=collective, kind=typed["kind"], series=typed["series"], by=by, **form.told()
        )

    return _answer(request, form, plan, collective, "collectives/activity_new.html")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change what is said about an activity."""
    collective = _planned_by_reader(request, slug)
    activity = _found(collective, number)
    standing = {name: getattr(activity, name) for name in ActivityForm.base_fields if name in _KEPT}
    place = {"place": str(activity.place or ""), "exact": getattr(activity.place, "slug", "")}
    form = ActivityForm(
        request.POST or None, initial=standing | place | {"theme": activity.theme_id}
    )
    by = signed_in(request)

    def edit() -> Activity:
        return actions.edit_activity(activity=activity, by=by, **form.told())

    return _answer(request, form, edit, collective, "collectives/activity_edit.html", activity)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that it is over, and how many came; from then on it counts in what things cost."""
    collective = _planned_by_reader(request, slug)
    activity = _found(collective, number)
    form = ClosingForm(
        request.POST or None, initial={"attendance": activity.attendance},
        paid=_paid(activity), answers=activity.answers.all(),
    )  # fmt: skip
    by = signed_in(request)

    def close() -> Activity:
        attendance = form.cleaned_data["attendance"]
        return actions.close_activity(
            activity=activity, attendance=attendance, answers=form.answers(), by=by
        )

    return _answer(request, form, close, collective, "collectives/activity_close.html", activity)


@sign_in_required
@require_POST
def activity_reopen(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that something is still to come."""
    collective = _planned_by_reader(request, slug)
    activity = _found(collective, number)
    actions.reopen_activity(activity=activity, by=signed_in(request))
    return redirect("people:profile", activity.slug)


_KEPT = {"name", "about", "kind", "starts_on", "ends_on", "series"}


def _answer(  # noqa: PLR0917 - what the three forms have in common
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], Activity],
    collective: Collective,
    template: str,
    activity: Activity | None = None,
) -> HttpResponse:
    """Do what a valid form says, or show the form with the reason why not."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:profile", done.slug)
    context = {
        "collective": collective,
        "activity": activity,
        "form": form,
        "near": places_near(request),
        "tab": "activities",
    }
    return render_page(request, template, context, status=422 if form.errors else 200)


def _planned_by_reader(request: HttpRequest, slug: str) -> Collective:
    collective = seen_by_reader(request, slug)
    if not policies.may_plan(signed_in(request), collective):
        raise NotAllowed
    return collective


def _paid(activity: Activity) -> set[int]:
    """Return the categories for which an activity paid."""
    return {row.category for row in ledger.moved_for([activity.pk]) if row.minor < 0}


def _found(collective: Collective, number: int) -> Activity:
    return get_object_or_404(collective.activities.select_related("place", "organizer"), pk=number)
