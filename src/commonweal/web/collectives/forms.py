"""Forms of a group: starting it, describing it, and its goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.collectives import queries, rules
from commonweal.collectives.models import Collective, Goal, Theme
from commonweal.foundation.money import Money
from commonweal.ledger.models import FIRST_OUTGOING, Chart
from commonweal.people import rules as people
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.giving import amounts

MOST_THEMES = 5
MOST_TIERS = 6  # so that starting from another group stays a short form
LONGEST_STORY = 20_000
_MONEY = {"class": "money", "inputmode": "decimal", "autocomplete": "off"}


class PlaceForm(forms.Form):
    """A place is typed; where several are called so, `exact` says which one is meant."""

    place = forms.CharField(
        label=lazily("Where is it at home?"),
        max_length=90,
        help_text=lazily("A city, a part of one, or a postal code."),
        widget=forms.TextInput({"autocomplete": "off", "list": "near"}),
    )
    exact = forms.CharField(
        label=lazily("Which one?"), required=False, max_length=90, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant: list[tuple[str, str]] = []
        self.home: Place | None = None

    def clean_place(self) -> str:
        """Find the place that is meant, or offer those that may be."""
        typed: str = self.cleaned_data["place"]
        if not typed:
            return typed
        found = {place.slug: place for place in places.find(typed)}
        chosen = str(self.data.get(self.add_prefix("exact"), ""))
        self.home = found.get(chosen) or places.the_one_called(typed)
        if self.home is not None:
            return typed
        if not found:
            raise forms.ValidationError(
                _("We know no place called so. Type a city or a part of it, such as Brussels.")
            )
        self.meant = [(slug, where(place)) for slug, place in found.items()]
        self.fields["exact"].widget.choices = self.meant
        raise forms.ValidationError(_("Several places are called so. Choose yours from the list."))


class HomeForm(PlaceForm):
    """What a group is called, what it is for, and where it is at home."""

    field_order: Sequence[str] = ("name", "about", "place", "exact")
    name = forms.CharField(
        label=lazily("What is it called?"),
        max_length=people.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    about = forms.CharField(
        label=lazily("What is it for, in one sentence?"),
        max_length=rules.LONGEST_PURPOSE,
        help_text=lazily("For example: We repair what others throw away, every second Sunday."),
        widget=forms.Textarea({"rows": 2}),
    )

    def clean_name(self) -> str:
        """Refuse a name of signs that cannot be seen."""
        try:
            return people.proper_name(self.cleaned_data["name"])
        except people.NameMissing as error:
            raise forms.ValidationError(error.told_in(_)) from error

    def clean_about(self) -> str:
        """Keep it in one line."""
        return " ".join(self.cleaned_data["about"].split())


class StartForm(HomeForm):
    """All that is needed to start."""

    theme = forms.ChoiceField(label=lazily("What is it about?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a theme")), *queries.themes(),
        ]  # fmt: skip

    def themes(self) -> Iterable[Theme]:
        """Return the chosen theme."""
        return Theme.objects.filter(slug=self.cleaned_data["theme"])


class StartFromForm(StartForm):
    """All that is needed to start from another group: what to take along, and for which size."""

    size = forms.TypedChoiceField(
        label=lazily("How large will it be?"),
        coerce=lambda percent: rules.Size(int(percent)),
        widget=forms.RadioSelect,
    )
    tiers = forms.TypedMultipleChoiceField(
        label=lazily("Ways of giving to take along"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, source: Collective, offers: Iterable[tuple[int, str]], **kw: Any
    ) -> None:
        """Offer ways of giving, by a number, and the first theme of the source."""
        self.source_themes = list(source.themes.all())
        first = self.source_themes[0].pk if self.source_themes else ""
        offered = list(offers)[:MOST_TIERS]
        start = {
            "theme": first,
            "size": rules.Size.SAME,
            "tiers": [number for number, _name in offered],
        }
        super().__init__(*args, initial=start | kw.pop("initial", {}), **kw)
        self.fields["size"].choices = [  # type: ignore[attr-defined]
            (rules.Size.HALF, _("About half as large")),
            (rules.Size.SAME, _("About as large")),
            (rules.Size.DOUBLE, _("About twice as large")),
        ]
        self.fields["tiers"].choices = offered  # type: ignore[attr-defined]

    def themes(self) -> list[Theme]:
        """Return the chosen theme, with the others of the source where it is one of them."""
        chosen = list(super().themes())
        same = any(one in self.source_themes for one in chosen)
        return self.source_themes if same else chosen


class EditForm(HomeForm):
    """What the page of a group says."""

    slug = forms.SlugField(
        label=lazily("Address of the page"),
        max_length=people.LONGEST_SLUG,
        help_text=lazily("Small letters, digits and dashes. The old address keeps working."),
    )
    story = forms.CharField(
        label=lazily("Story"),
        required=False,
        max_length=LONGEST_STORY,
        help_text=lazily(
            "Who you are, what you did, what the money is for. "
            "An empty line starts a paragraph, **two stars** make it bold, - a dash starts a list."
        ),
        widget=forms.Textarea({"rows": 12}),
    )
    themes = forms.MultipleChoiceField(
        label=lazily("Themes"), widget=forms.CheckboxSelectMultiple, help_text=lazily("Up to five.")
    )
    tags = forms.CharField(
        label=lazily("Words of your own"),
        required=False,
        max_length=400,
        help_text=lazily("Separate them with commas: bicycles, sewing, Sunday."),
    )
    website = forms.URLField(
        label=lazily("Website"), required=False, assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip
    picture = forms.FileField(
        label=lazily("Picture"),
        required=False,
        help_text=lazily("A photograph of up to 10 MB. Where and when it was taken is removed."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    no_picture = forms.BooleanField(label=lazily("Show no picture"), required=False)

    field_order = ("name", "slug", "about", "story", "place", "exact", "themes", "tags", "website")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = queries.themes()  # type: ignore[attr-defined]

    def clean_themes(self) -> list[Theme]:
        """Take a few of the list."""
        chosen = self.cleaned_data["themes"]
        if len(chosen) > MOST_THEMES:
            raise forms.ValidationError(_("Choose five themes at most."))
        return list(Theme.objects.filter(slug__in=chosen))

    def clean_tags(self) -> list[str]:
        """Read words between commas."""
        return rules.tags(self.cleaned_data["tags"])

    @classmethod
    def standing(cls, collective: Collective) -> dict[str, Any]:
        """Return what the page says now."""
        return {
            "name": collective.name,
            "slug": collective.slug,
            "about": collective.about,
            "story": collective.story,
            "place": formats.local(collective.place.names, collective.place.name)
            if collective.place
            else "",
            "exact": collective.place.slug if collective.place else "",
            "themes": [theme.pk for theme in collective.themes.all()],
            "tags": ", ".join(collective.tags),
            "website": collective.website,
        }


class GoalForm(forms.Form):
    """An amount to reach, and over which time."""

    title = forms.CharField(
        label=lazily("What is it for?"),
        max_length=80,
        help_text=lazily("For example: A second workbench."),
    )
    amount = forms.CharField(label=lazily("Amount"), widget=forms.TextInput(_MONEY))
    per = forms.ChoiceField(
        label=lazily("Over which time?"),
        choices=[
            (Goal.Per.ONCE, lazily("In all")),
            (Goal.Per.MONTH, lazily("Each month")),
            (Goal.Per.YEAR, lazily("Each year")),
        ],
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_amount(self) -> Money:
        """Read it as people type it."""
        return amounts.read(self.cleaned_data["amount"], self.currency)


class PlanForm(forms.Form):
    """What a year costs: an amount for each category that is planned, and one more."""

    more = forms.TypedChoiceField(label=lazily("Something more"), required=False, coerce=int)
    more_amount = forms.CharField(
        label=lazily("Amount in a year"), required=False, widget=forms.TextInput(_MONEY)
    )

    def __init__(
        self, *args: Any, standing: Mapping[int, Money], currency: str, **kwargs: Any
    ) -> None:
        """Show what is planned now, and offer the categories that are not."""
        super().__init__(*args, **kwargs)
        self.currency, self.planned = currency, list(standing)
        for category, amount in standing.items():
            self.fields[f"of_{category}"] = forms.CharField(
                label=str(Chart(category).label), required=False,
                initial=f"{amount.decimal:f}", widget=forms.TextInput(_MONEY),
            )  # fmt: skip
        self.fields["more"].choices = [("", _("Choose"))] + [  # type: ignore[attr-defined]
            (one.value, one.label)
            for one in Chart
            if one.value >= FIRST_OUTGOING and one.value not in standing
        ]

    def lines(self) -> list[forms.BoundField]:
        """Return the fields of what is planned now."""
        return [self[f"of_{category}"] for category in self.planned]

    def clean(self) -> dict[str, Any]:
        """Read amounts as people type them; an empty one is planned no more."""
        found: dict[str, Any] = super().clean() or {}
        for name in [f"of_{category}" for category in self.planned] + ["more_amount"]:
            try:
                if typed := found.get(name):
                    found[name] = amounts.read(typed, self.currency)
            except forms.ValidationError as error:
                self.add_error(name, error)
        if bool(found.get("more")) != bool(found.get("more_amount")) and not self.errors:
            self.add_error("more_amount", _("Choose what it is for, and type how much."))
        return found

    def costs(self) -> dict[int, Money]:
        """Return what is planned from now on, by category."""
        typed = {one: self.cleaned_data.get(f"of_{one}") for one in self.planned}
        if more := self.cleaned_data.get("more"):
            typed[more] = self.cleaned_data["more_amount"]
        return {category: amount for category, amount in typed.items() if amount}


def where(place: Place) -> str:
    """Return a place in words that tell it from others of its name."""
    name = formats.local(place.names, place.name)
    land = formats.locale().territories.get(place.country, place.country)
    if place.parent:
        return f"{name}, {formats.local(place.parent.names, place.parent.name)}, {land}"
    if not place.population:
        return f"{name}, {land}"
    people_there = formats.number(place.population)
    return _("%(name)s, %(land)s, %(people)s people") % {
        "name": name, "land": land, "people": people_there,
    }  # fmt: skip
