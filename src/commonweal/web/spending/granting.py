"""Giving a grant: to another group of the same host, or to somebody by their address here."""

from __future__ import annotations

from typing import Any

from babel.numbers import get_currency_symbol
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.spending import actions, policies, queries, rules
from commonweal.spending.models import Expense
from commonweal.spending.rules import Item
from commonweal.web import formats
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.giving import amounts
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending import sentences

_MONEY = {"class": "money", "inputmode": "decimal", "autocomplete": "off"}


class GrantForm(forms.Form):
    """To whom, how much, and what for."""

    group = forms.ChoiceField(label=lazily("To which group?"), required=False)
    other = forms.SlugField(
        label=lazily("Or to somebody else: the last part of their address here"), required=False,
        help_text=lazily("Such as seed-shop. They are paid where they said themselves."),
    )  # fmt: skip
    title = forms.CharField(label=lazily("In a few words"), max_length=rules.LONGEST_TITLE)
    purpose = forms.CharField(
        label=lazily("What is it for?"), max_length=rules.LONGEST_PURPOSE,
        help_text=lazily("Everybody can read it."), widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    amount = forms.CharField(label=lazily("Amount"), widget=forms.TextInput(_MONEY))

    def __init__(self, *args: Any, groups: list[Collective], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.groups = {one.slug: one for one in groups}
        self.fields["group"].choices = [("", _("Choose"))] + [  # type: ignore[attr-defined]
            (slug, one.name) for slug, one in self.groups.items()
        ]

    def clean_amount(self) -> Money:
        """Read it as people type it."""
        return amounts.read(self.cleaned_data["amount"], self.currency)

    def clean(self) -> dict[str, Any]:
        """Find out who it is for."""
        found: dict[str, Any] = super().clean() or {}
        group, other = found.get("group"), found.get("other")
        if bool(group) == bool(other):
            self.add_error("group", _("Choose a group, or type somebody else. One of the two."))
            return found
        found["payee"] = self.groups[group].party if group else people.party_by_slug(other or "")
        if found["payee"] is None or not _may_get(found["payee"], inside=bool(group)):
            self.add_error("other", _("There is nobody with this address who can get a grant."))
        return found


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a grant that an admin wants to give, and hand it in for another one to agree to."""
    collective = seen_by_reader(request, slug)
    if not policies.may_set_expense_terms(signed_in(request), collective.party):
        raise NotAllowed
    form = GrantForm(
        request.POST or None, groups=queries.neighbours(collective), currency=collective.currency
    )
    if request.method == "POST" and form.is_valid():
        expense = _take(form, collective, signed_in(request))
        if expense is not None:
            return redirect("spending:expense", slug, expense.number)
    context = {
        "collective": collective, "form": form, "rules": sentences.of_group(collective),
        "mark": get_currency_symbol(collective.currency, locale=formats.locale()),
        "pot": queries.pot_of(collective),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "spending/grant_new.html", context, status=status)


def _take(form: GrantForm, collective: Collective, person: Party) -> Expense | None:
    typed = form.cleaned_data
    inside = typed["payee"].kind == Party.Kind.COLLECTIVE
    category = Chart.TRANSFERS_OUT if inside else Chart.GIFTS_SOLIDARITY
    line = Item(typed["title"], clock.today(), category, typed["amount"])
    try:
        return actions.file_grant(
            collective=collective, payee=typed["payee"], item=line, purpose=typed["purpose"],
            by=person,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.told_in(_))
        return None


def _may_get(party: Party, *, inside: bool) -> bool:
    """Whether a grant may name this party in public: a person only who may be found by name."""
    if party.kind == Party.Kind.PERSON:
        return party.findable
    return inside or party.kind == Party.Kind.ORGANIZATION
