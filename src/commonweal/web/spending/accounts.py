"""Where somebody is paid: changing it, and who looked at it; a host says that it asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.errors import NotAllowed
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.spending import actions, policies, queries, rules
from commonweal.spending.actions.methods import is_waiting
from commonweal.web.confirming import reauthentication_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending.finding import expense_or_404

LONGEST_HOLDER = 70


class AccountForm(forms.Form):
    """A bank account, and in whose name it is."""

    holder = forms.CharField(
        label=gettext_lazy("Account holder"), max_length=LONGEST_HOLDER,
        help_text=gettext_lazy("As the bank writes it. Banks compare it with the number."),
    )  # fmt: skip
    iban = forms.CharField(
        label=gettext_lazy("Bank account (IBAN)"), max_length=50,
        help_text=gettext_lazy(
            "Private. Only you and the people who pay can see it, and each look is noted."
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    other_name = forms.BooleanField(
        label=gettext_lazy("Yes, this account is in another name"), required=False
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        """Know whose account it is to be."""
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["holder"].initial = party.name

    def clean(self) -> dict[str, Any]:
        """Ask once more where the names have nothing in common."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        holder = typed.get("holder", "")
        if holder and not typed.get("other_name") and self.is_other(holder):
            self.add_error(
                "other_name",
                _("%(holder)s is not %(name)s. Is the account really in this name?")
                % {"holder": holder, "name": self.party.name},
            )
        return typed

    def is_other(self, holder: str) -> bool:
        """Whether the account is in a name that has nothing to do with who is paid."""
        return not rules.names_agree(holder, self.party.name)

    @property
    def asks_name(self) -> bool:
        """Whether to show the box that says yes to another name."""
        return self.is_bound and self.is_other(self.data.get("holder", ""))


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def paid_to(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where a party is paid and who looked at it; change it."""
    party = _own(request, slug)
    form = AccountForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        return redirect("spending:paid_to", slug)
    method = queries.payout_methods(party).first()
    context = {
        "party": party, "method": method, "waits": method is not None and is_waiting(method),
        "form": form, "looks": queries.looks(party), "is_me": party == signed_in(request),
        "tab": "paid_to",
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "spending/paid_to.html", context, status=status)


@reauthentication_required
@require_POST
def account_checked(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a host's word that it asked the payee, and that the number is right."""
    expense = expense_or_404(slug, number, signed_in(request))
    actions.verify_account(expense=expense, by=signed_in(request))
    messages.success(request, _("Noted. It can be paid now, and the payee is told that you asked."))
    return redirect("spending:pay", slug, number)


def _changed(request: HttpRequest, form: AccountForm) -> bool:
    """Keep the account as typed; False, with the reason in the form, where it is none."""
    try:
        method = actions.add_payout_method(
            party=form.party, holder=form.cleaned_data["holder"], by=signed_in(request),
            iban=form.cleaned_data["iban"],
        )  # fmt: skip
    except actions.NotAnIban as refusal:
        form.add_error("iban", refusal.told_in(_))
        return False
    saved = _("Saved. In three days it can be paid to; we told you at each of your addresses.")
    messages.success(request, saved if is_waiting(method) else _("Saved."))
    return True


def _own(request: HttpRequest, slug: str) -> Party:
    """Return a party to those who may say where it is paid."""
    party = people.party_by_slug(slug)
    if party is None:
        raise Http404
    if not policies.may_say_where_paid(signed_in(request), party):
        raise NotAllowed
    return party
