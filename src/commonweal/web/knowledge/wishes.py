"""Saying what one would like to be asked for: for oneself, and for what one runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.knowledge import actions, policies, queries, rules
from commonweal.knowledge.models import Wish
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.web import formats
from commonweal.web.collectives.finding import places_near
from commonweal.web.collectives.forms import PlaceForm
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in

_LETTERS = 20
GIVES = {
    Wish.Gives.MONEY: lazily("Money"),
    Wish.Gives.TIME: lazily("Time"),
    Wish.Gives.THINGS: lazily("Things"),
    Wish.Gives.SKILLS: lazily("Know-how"),
}
_FROM_WHOM = [
    (Wish.FromWhom.THEMES, lazily("Groups about the themes I choose")),
    (Wish.FromWhom.NEAR, lazily("Groups near me")),
    (Wish.FromWhom.ANY, lazily("Any group")),
]


class WishForm(PlaceForm):
    """What somebody would like to be asked for, by whom, how often."""

    gives = forms.MultipleChoiceField(
        label=lazily("What may they ask for?"),
        choices=list(GIVES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    sentence = forms.CharField(
        label=lazily("In one sentence, what would you like to help with?"),
        required=False,
        max_length=rules.LONGEST_SENTENCE,
        help_text=lazily("For example: I can sew, and I am free on Saturdays."),
        widget=forms.Textarea({"rows": 2}),
    )
    from_whom = forms.ChoiceField(
        label=lazily("Which groups may ask?"), choices=_FROM_WHOM, widget=forms.RadioSelect
    )
    within_km = forms.TypedChoiceField(label=lazily("How near?"), coerce=int)
    themes = forms.MultipleChoiceField(
        label=lazily("Themes"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazily("Up to ten. Groups about them come first, or are the only ones."),
    )  # fmt: skip
    most_a_month = forms.TypedChoiceField(
        label=lazily("How many letters a month, at most?"),
        coerce=int,
        choices=[(number, str(number)) for number in rules.TIMES_A_MONTH],
        widget=forms.RadioSelect,
    )
    shown = forms.BooleanField(
        label=lazily("Show this on my page"),
        required=False,
        help_text=lazily("Otherwise only the admins of groups that may ask see it."),
    )

    field_order = ("gives", "sentence", "from_whom", "within_km", "place", "exact", "themes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        place.required, place.label = False, _("Near which place?")
        place.help_text = _("A city, a part of one, or a postal code. Nobody else sees it.")
        self.fields["within_km"].choices = [  # type: ignore[attr-defined]
            (km, _("within %(number)s km") % {"number": km}) for km in rules.DISTANCES_KM
        ]
        self.fields["themes"].choices = collectives.themes()  # type: ignore[attr-defined]

    def clean_themes(self) -> tuple[str, ...]:
        """Take a few of the list."""
        chosen = tuple(self.cleaned_data["themes"])
        if len(chosen) > rules.MOST_THEMES:
            raise forms.ValidationError(_("Choose ten themes at most."))
        return chosen

    def terms(self) -> rules.Terms:
        """Return what was typed."""
        typed = self.cleaned_data
        return rules.Terms(
            from_whom=typed["from_whom"], gives=tuple(typed["gives"]), themes=typed["themes"],
            within_km=typed["within_km"], sentence=typed["sentence"], shown=typed["shown"],
            most_a_month=typed["most_a_month"],
        )  # fmt: skip

    @classmethod
    def standing(cls, party: Party, wish: Wish | None) -> dict[str, Any]:
        """Return what is wished now; at first only where somebody is at home."""
        place = wish.place if wish else party.place
        home = {
            "place": formats.local(place.names, place.name) if place else "",
            "exact": place.slug if place else "",
        }
        if wish is None:
            start = {"from_whom": Wish.FromWhom.THEMES, "within_km": 10, "most_a_month": 1}
            return {**start, **home}
        names = ("gives", "sentence", "from_whom", "within_km", "themes", "most_a_month", "shown")
        return {name: getattr(wish, name) for name in names} | home


@dataclass(frozen=True)
class Wished:
    """A wish in words, and the groups for which its reader may ask."""

    wish: Wish
    gives: str
    themes: str
    groups: list[Collective]


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """Say what one would like to be asked for; read what groups asked."""
    person = signed_in(request)
    form, wish, done = _taken(request, person)
    if done:
        return redirect("knowledge:wishes")
    context = {
        "form": form, "wish": wish, "party": person, "tab": "wishes",
        "near": places_near(request), "asks": queries.received(person)[:_LETTERS],
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "knowledge/wishes.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def organization_wishes(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what an organization would like to be asked for."""
    party = people.party_by_slug(slug)
    if party is None or party.kind != Party.Kind.ORGANIZATION:
        raise Http404
    if not policies.may_wish(signed_in(request), party):
        raise NotAllowed
    form, wish, done = _taken(request, party)
    if done:
        return redirect("knowledge:organization_wishes", party.slug)
    context = {"form": form, "wish": wish, "party": party, "near": places_near(request)}
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "knowledge/organization_wishes.html", context, status=status)


def shown(party: Party, reader: Party | None) -> Wished | None:
    """Return what a profile says about being asked, or None where it says nothing."""
    wish = queries.shown_wish(party)
    if wish is None:
        return None
    groups = collectives.run_by(reader) if reader else Collective.objects.none()
    living = groups.filter(status=Collective.Status.ACTIVE)
    return Wished(wish, gives(wish), themes(wish), list(living))


def gives(wish: Wish) -> str:
    """Return what somebody may be asked for, in words."""
    return ", ".join(str(GIVES[Wish.Gives(one)]) for one in wish.gives)


def themes(wish: Wish) -> str:
    """Return the themes of a wish, in words."""
    names = dict(collectives.themes()) if wish.themes else {}
    return ", ".join(names[one] for one in wish.themes if one in names)


def _taken(request: HttpRequest, party: Party) -> tuple[WishForm, Wish | None, bool]:
    """Return the form about a party's wish, the wish, and whether what was sent is done."""
    wish, by = queries.wish_of(party), signed_in(request)
    initial = WishForm.standing(party, wish)
    if "close" in request.POST:
        actions.close_wish(party=party, by=by)
        messages.success(request, _("No group may ask from now on."))
        return WishForm(initial=initial), wish, True
    form = WishForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return form, wish, False
    try:
        actions.open_wish(party=party, terms=form.terms(), place=form.home, by=by)
    except rules.NoGroupFits as error:
        form.add_error("from_whom", error.told_in(_))
        return form, wish, False
    messages.success(request, _("Saved. Such groups may ask from now on."))
    return form, wish, True
