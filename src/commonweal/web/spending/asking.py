"""Where a guest says by the link in our letter on which account we pay them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonweal.spending import actions, queries
from commonweal.web.hypermedia import render_page
from commonweal.web.spending.accounts import AccountForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_asked(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the account, and thank; a link that was used says no more."""
    asked = queries.account_request(token)
    if asked is None:
        return render_page(request, "spending/account_asked.html", status=410)
    form = AccountForm(request.POST or None, party=asked.payee)
    context = {"asked": asked, "form": form, "is_done": False}
    if request.method == "POST" and form.is_valid() and _given(form, token):
        return render_page(request, "spending/account_asked.html", context | {"is_done": True})
    status = 422 if form.errors else 200
    return render_page(request, "spending/account_asked.html", context, status=status)


def _given(form: AccountForm, token: str) -> bool:
    typed = form.cleaned_data
    try:
        actions.give_account(token=token, holder=typed["holder"], iban=typed["iban"])
    except actions.NotAnIban as refusal:
        form.add_error("iban", refusal.told_in(_))
        return False
    return True
