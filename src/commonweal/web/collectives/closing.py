"""The form that closes an activity: how many came, and what did not cost money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.collectives.models import CategoryAnswer
from commonweal.collectives.rules import Given
from commonweal.ledger.models import Chart

MOST = 1_000_000
_GIVEN = CategoryAnswer.Answer.IN_KIND
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
_ASKED = (
    Chart.VENUE, Chart.FOOD_DRINK, Chart.TOOLS_PARTS, Chart.MATERIALS,
    Chart.PRINTING_COMMUNICATION, Chart.TRAVEL, Chart.FEES_SERVICES, Chart.INSURANCE,
)  # fmt: skip
_USUAL = {
    Chart.VENUE: CategoryAnswer.Unit.HOURS,
    Chart.FOOD_DRINK: CategoryAnswer.Unit.MEALS,
    Chart.FEES_SERVICES: CategoryAnswer.Unit.HOURS,
}


@dataclass(frozen=True)
class Line:
    """What is asked about one category."""

    name: str
    answer: forms.BoundField
    quantity: forms.BoundField
    unit: forms.BoundField


class ClosingForm(forms.Form):
    """How many came; and of what was not paid for, whether it was given or not needed."""

    attendance = forms.IntegerField(
        label=lazily("How many people came?"), required=False, min_value=0, max_value=MOST,
        help_text=lazily("Leave it empty if nobody counted."), widget=forms.TextInput(_NUMERIC),
    )  # fmt: skip

    def __init__(
        self, *args: Any, paid: Iterable[int], answers: Iterable[CategoryAnswer], **kwargs: Any
    ) -> None:
        """Ask about the common categories for which nothing was `paid`, and show the answers."""
        super().__init__(*args, **kwargs)
        standing = {one.category_id: one for one in answers}
        asked = dict.fromkeys([*_ASKED, *map(Chart, standing)])
        self.asked = [one for one in asked if one not in set(paid)]
        for category in self.asked:
            self._ask(category, standing.get(category))
        self.has_answers = bool(standing)

    def _ask(self, category: Chart, standing: CategoryAnswer | None) -> None:
        self.fields[f"answer_{category}"] = forms.ChoiceField(
            label=category.label, required=False,
            choices=[("", _("I do not know")), *CategoryAnswer.Answer.choices],
            initial=standing.answer if standing else "",
        )  # fmt: skip
        self.fields[f"quantity_{category}"] = forms.IntegerField(
            label=_("How many?"), required=False, min_value=1, max_value=MOST,
            widget=forms.TextInput(_NUMERIC), initial=standing and standing.quantity,
        )  # fmt: skip
        usual = _USUAL.get(category, CategoryAnswer.Unit.PIECES)
        self.fields[f"unit_{category}"] = forms.ChoiceField(
            label=_("Of what?"), required=False, choices=CategoryAnswer.Unit.choices,
            initial=(standing and standing.unit) or usual,
        )  # fmt: skip

    def lines(self) -> list[Line]:
        """Return what is asked, category by category."""
        return [
            Line(
                str(one.label), *(self[f"{part}_{one}"] for part in ("answer", "quantity", "unit"))
            )
            for one in self.asked
        ]

    def is_open(self) -> bool:
        """Whether there is something to see below the fold: answers, or what is wrong with them."""
        return self.has_answers or self.is_bound

    def clean(self) -> dict[str, Any]:
        """Count only what was given."""
        found: dict[str, Any] = super().clean() or {}
        for category in self.asked:
            is_given = found.get(f"answer_{category}") == _GIVEN
            if found.get(f"quantity_{category}") and not is_given:
                sentence = _("Say that it was given, or leave the number empty.")
                self.add_error(f"answer_{category}", sentence)
        return found

    def answers(self) -> dict[int, Given | None]:
        """Return what was given by category, None where nothing was needed."""
        typed = self.cleaned_data
        return {
            category.value: self._given(category) if answer == _GIVEN else None
            for category in self.asked
            if (answer := typed[f"answer_{category}"])
        }

    def _given(self, category: Chart) -> Given:
        quantity = self.cleaned_data[f"quantity_{category}"]
        return Given(quantity, self.cleaned_data[f"unit_{category}"]) if quantity else Given()
