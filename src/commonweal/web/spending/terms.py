"""The rules for expenses: a host and a group each say what they ask."""

from __future__ import annotations

from typing import Any

from babel.numbers import get_currency_symbol
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods

from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.ledger.models import FIRST_OUTGOING, Chart
from commonweal.people.models import Party
from commonweal.spending import actions, policies, queries
from commonweal.spending.models import ExpenseTerms
from commonweal.spending.rules import agreeing
from commonweal.web import formats
from commonweal.web.confirming import reauthentication_required, sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.giving import amounts
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending import sentences

_MONEY = {"class": "money", "inputmode": "decimal", "autocomplete": "off"}
_LIMITS = ("two_from", "accountant_from", "receipt_from")


class TermsForm(forms.Form):
    """What has to be so before something is paid; what is left empty is not asked."""

    two_from = forms.CharField(
        label=lazily("Two people agree, from this amount on"), required=False,
        widget=forms.TextInput(_MONEY),
    )  # fmt: skip
    accountant_from = forms.CharField(
        label=lazily("One of them is an accountant, from this amount on"), required=False,
        help_text=lazily("Of the group, or of its host."), widget=forms.TextInput(_MONEY),
    )  # fmt: skip
    receipt_from = forms.CharField(
        label=lazily("A receipt is needed, from this amount on"),
        required=False,
        help_text=lazily("Left empty: as its host says, and always where it says nothing."),
        widget=forms.TextInput(_MONEY),
    )
    within_days = forms.IntegerField(
        label=lazily("Asked for at most so many days after the last thing was bought"),
        required=False, min_value=1, max_value=agreeing.MOST_DAYS,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )  # fmt: skip
    categories = forms.TypedMultipleChoiceField(
        label=lazily("What is paid for"), required=False, coerce=int,
        choices=[(one.value, one.label) for one in Chart if one.value >= FIRST_OUTGOING],
        help_text=lazily("None ticked: everything."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean(self) -> dict[str, Any]:
        """Read amounts as people type them."""
        found: dict[str, Any] = super().clean() or {}
        for name in _LIMITS:
            try:
                typed = found.get(name)
                found[name] = amounts.read(typed, self.currency) if typed else None
            except forms.ValidationError as error:
                self.add_error(name, error)
        return found


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a group asks before it pays, beside what its host asks."""
    collective = seen_by_reader(request, slug)
    hosted = hosting.current(collective)
    return _terms(
        request, collective.party, "spending/group_terms.html", currency=collective.currency,
        collective=collective, host=hosted.host if hosted else None,
        counts=sentences.of_group(collective),
    )  # fmt: skip


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a host asks before it pays for any of its groups."""
    host = hosting.host_by_slug(slug)
    if host is None:
        raise Http404
    return _terms(
        request, host.party, "spending/host_terms.html", currency=host.currency, host=host
    )


def _terms(
    request: HttpRequest, party: Party, template: str, *, currency: str, **context: Any
) -> HttpResponse:  # fmt: skip
    if not policies.may_set_expense_terms(signed_in(request), party):
        raise NotAllowed
    form = TermsForm(
        request.POST or None, currency=currency, initial=_initial(queries.expense_terms(party))
    )
    if request.method == "POST" and form.is_valid():
        actions.set_expense_terms(
            party=party, currency=currency, by=signed_in(request), **form.cleaned_data
        )
        messages.success(request, _("Saved. It counts for what is asked for from now on."))
        return redirect(request.path)
    mark = get_currency_symbol(currency, locale=formats.locale())
    context |= {"form": form, "mark": mark, "tab": "settings"}
    return render_page(request, template, context, status=422 if form.errors else 200)


def _initial(standing: ExpenseTerms | None) -> dict[str, Any]:
    if standing is None:
        return {}
    typed: dict[str, Any] = {"within_days": standing.within_days, "categories": standing.categories}
    for name in _LIMITS:
        minor = getattr(standing, f"{name}_minor")
        typed[name] = f"{Money(minor, standing.currency).decimal:f}" if minor else ""
    return typed
