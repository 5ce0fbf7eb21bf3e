"""Forms of calls for help: what is needed, what is offered, what was given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.knowledge import rules
from commonweal.knowledge.models import Answer, Call, HelpKind
from commonweal.knowledge.queries import CallSearch
from commonweal.knowledge.rules import Given, Need
from commonweal.people import rules as people
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.collectives.forms import PlaceForm

_SHORT = {"autocomplete": "off"}
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_KINDS = [
    (HelpKind.TIME, lazily("Time, in hours")),
    (HelpKind.KNOW_HOW, lazily("Know-how, in hours")),
    (HelpKind.THING, lazily("A thing, in pieces")),
    (HelpKind.ROOM, lazily("A room, in days")),
    (HelpKind.VEHICLE, lazily("A vehicle, in days")),
]
_MOST_ACTIVITIES = 20


def _quantity(label: Any) -> forms.IntegerField:
    wrong = lazily("Type how much: a whole number from 1 to 1,000.")
    return forms.IntegerField(
        label=label, min_value=1, max_value=rules.MOST, widget=forms.TextInput(_NUMBER),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )  # fmt: skip


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more
    )


class CallForm(PlaceForm):
    """What a group needs, how much of it, where, and until when."""

    title = forms.CharField(
        label=lazily("What do you need, in one line?"), max_length=rules.LONGEST_NEED,
        help_text=lazily("For example: A van on Saturday. Somebody who writes grant applications."),
        widget=forms.TextInput(_SHORT),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=lazily("What kind of help is it?"), choices=_KINDS, widget=forms.RadioSelect,
        initial=HelpKind.TIME,
    )  # fmt: skip
    quantity = _quantity(lazily("How much?"))
    needed_by = _day(lazily("By when?"))
    details = forms.CharField(
        label=lazily("A few words more"), required=False, max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    skills = forms.CharField(
        label=lazily("Skills"), required=False, max_length=200, widget=forms.TextInput(_SHORT),
        help_text=lazily("A few words with commas between them, such as: driving, Dutch."),
    )  # fmt: skip
    activity = forms.ChoiceField(label=lazily("For which activity?"), required=False)

    def __init__(self, *args: Any, collective: Collective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _("Where?")
        offer_activities(self, collective)

    def told(self) -> dict[str, Any]:
        """Return what the call says."""
        typed = self.cleaned_data
        need = Need(
            typed["title"], typed["kind"], typed["quantity"], typed["needed_by"], typed["details"],
            tuple(typed["skills"].split(",")),
        )  # fmt: skip
        return {"need": need, "place": self.home, "activity": chosen_activity(self)}


class AnswerForm(forms.Form):
    """What somebody offers; who is not signed in leaves a name and an address too."""

    name = forms.CharField(
        label=lazily("Your name"), max_length=people.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=lazily("Your e-mail address"), max_length=people.LONGEST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=lazily("The group never sees it: letters go through here."),
    )  # fmt: skip
    quantity = _quantity(lazily("How much can you give?"))
    words = forms.CharField(
        label=lazily("A few words to the group"), required=False, max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    named = forms.BooleanField(
        label=lazily("Thank me by name on the page"), required=False,
        help_text=lazily("Otherwise it says: somebody. You can change it later."),
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, guest: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not guest:
            del self.fields["name"], self.fields["email"]
        self.fields["quantity"].help_text = formats.unit(rules.UNITS[call.kind])

    def clean_name(self) -> str:
        """Refuse a name of signs that cannot be seen."""
        try:
            return people.proper_name(self.cleaned_data["name"])
        except people.NameMissing as error:
            raise forms.ValidationError(error.told_in(_)) from error


class GivenForm(forms.Form):
    """How much of what was given, on which day."""

    kind = forms.ChoiceField(
        label=lazily("What kind of help was it?"), choices=_KINDS, widget=forms.RadioSelect,
        initial=HelpKind.TIME,
    )  # fmt: skip
    quantity = _quantity(lazily("How much was it?"))
    on = _day(lazily("On which day?"))
    what = forms.CharField(
        label=lazily("What was it, in one line?"), required=False, max_length=rules.LONGEST_NEED,
        help_text=lazily("It stands on the page. Name nobody here."),
        widget=forms.TextInput(_SHORT),
    )  # fmt: skip

    def given(self) -> Given:
        """Return what was given."""
        typed = self.cleaned_data
        return Given(typed["kind"], typed["quantity"], typed["on"], typed["what"])


class ThankForm(GivenForm):
    """Whom to thank for what: somebody whose offer was accepted, or by name and address."""

    field_order = ("name", "email")
    name = forms.CharField(
        label=lazily("Who helped?"), max_length=people.LONGEST_NAME, widget=forms.TextInput(_SHORT)
    )
    email = forms.EmailField(
        label=lazily("Their e-mail address"), max_length=people.LONGEST_ADDRESS,
        help_text=lazily("They get one letter with a link to confirm it. Nobody else sees it."),
        widget=forms.EmailInput(_SHORT),
    )  # fmt: skip
    activity = forms.ChoiceField(label=lazily("For which activity?"), required=False)

    def __init__(
        self, *args: Any, collective: Collective, answer: Answer | None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        offer_activities(self, collective)
        if answer is not None:
            del self.fields["name"], self.fields["email"], self.fields["activity"]


class TellForm(GivenForm):
    """What one gave, and whether one is thanked by name."""

    activity = forms.ChoiceField(label=lazily("For which activity?"), required=False)
    named = forms.BooleanField(
        label=lazily("Thank me by name on the page"), required=False,
        help_text=lazily("Otherwise it says: somebody. You can change it later."),
    )  # fmt: skip

    def __init__(self, *args: Any, collective: Collective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_activities(self, collective)


class SearchForm(forms.Form):
    """What somebody who wants to help looks for; all may stay empty."""

    q = forms.CharField(
        label=lazily("Words"), required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.CharField(label=lazily("Kind of help"), required=False)
    place = forms.CharField(label=lazily("Place"), required=False)

    def __init__(self, data: Any, *, near: list[Place]) -> None:
        """Offer the places where help is asked for."""
        super().__init__(data)
        self.fields["kind"].widget = forms.Select(
            choices=[("", _("All kinds")), *((one.value, one.label) for one in HelpKind)]
        )
        named = [(one.slug, formats.local(one.names, one.name)) for one in near]
        self.fields["place"].widget = forms.Select(choices=[("", _("Everywhere")), *named])

    def search(self, after: str) -> CallSearch:
        """Return what was asked for; what makes no sense is left out."""
        self.full_clean()
        typed = self.cleaned_data
        kind, place = typed.get("kind", ""), typed.get("place", "")
        return CallSearch(
            words=typed.get("q", ""),
            kind=kind if kind in HelpKind.values else "",
            place=places.by_slug(place) if place else None,
            after=after,
        )


def as_typed(call: Call) -> dict[str, Any]:
    """Return what a call says as its form shows it."""
    return {
        "title": call.title, "kind": call.kind, "quantity": call.quantity,
        "needed_by": call.needed_by, "details": call.details, "skills": ", ".join(call.skills),
        "activity": call.activity_id or "", "place": str(call.place or ""),
        "exact": call.place.slug if call.place else "",
    }  # fmt: skip


def offered_as_given(answer: Answer) -> dict[str, Any]:
    """Return what was offered, as a first guess of what was given."""
    call = answer.call
    return {
        "kind": call.kind, "quantity": answer.quantity, "what": call.title,
        "on": min(call.needed_by, clock.today()),
    }  # fmt: skip


def offer_activities(form: forms.Form, collective: Collective) -> None:
    """Let one choose from what the group did and plans."""
    some = collectives.activities(collective)[:_MOST_ACTIVITIES]
    form.fields["activity"].choices = [  # type: ignore[attr-defined]
        ("", _("For none in particular")), *((str(one.pk), one.name) for one in some),
    ]  # fmt: skip


def chosen_activity(form: forms.Form) -> Activity | None:
    """Return the activity that was chosen."""
    number = form.cleaned_data.get("activity")
    return Activity.objects.get(pk=number) if number else None
