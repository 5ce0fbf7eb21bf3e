"""Signing that a gift may be collected, and taking that back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.giving import actions, policies, queries, tasks
from commonweal.giving.models import Contribution, Interval
from commonweal.payments.models import Charge
from commonweal.payments.queries import debits
from commonweal.people.models import Party
from commonweal.web.giving.mandate_forms import MandateForm
from commonweal.web.giving.views.contributions import wanted
from commonweal.web.hypermedia import render_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the text of a mandate, and take what its giver signs."""
    charge = Charge.objects.select_related("host__party").filter(uuid=key).first()
    found = queries.contribution_of(charge) if charge else None
    if charge is None or found is None:
        raise Http404
    person: Party | None = request.person  # type: ignore[attr-defined]
    if not policies.may_cancel(person, found):
        if person is None:  # a letter may lead here
            return redirect_to_login(request.get_full_path())
        raise NotAllowed
    if not queries.wants_mandate(charge):
        return redirect("giving:contribution", found.secret)
    form = MandateForm(request.POST or None, initial={"holder": found.given_by.name})
    if request.method == "POST" and form.is_valid():
        actions.sign_mandate(
            contribution=found, language=get_language() or "en", by=person, **form.signed()
        )
        tasks.begin(found)
        messages.success(request, _("Signed. A copy is on its way to you by e-mail."))
        return redirect("giving:contribution", found.secret)
    context = _to_sign(found, charge) | {"form": form}
    status = 422 if form.errors else 200
    return render_page(request, "giving/mandate.html", context, status=status)


@require_POST
def revoke_mandate(request: HttpRequest, secret: str) -> HttpResponse:
    """Take a mandate back."""
    person: Party | None = request.person  # type: ignore[attr-defined]
    actions.revoke_mandate(contribution=wanted(secret), by=person)
    messages.success(request, _("Taken back. Nothing more is collected from your account."))
    return redirect("giving:contribution", secret)


def _to_sign(found: Contribution, charge: Charge) -> dict[str, Any]:
    """Return what a giver reads before signing."""
    is_recurrent = found.interval != Interval.ONCE
    words = debits.words_of_mandate(
        charge.host, is_recurrent=is_recurrent, language=get_language() or "en"
    )
    return {
        "contribution": found,
        "collective": found.collective,
        "host": charge.host,
        "terms": debits.terms(charge.host),
        "due": Money(charge.amount_minor, charge.currency),
        "is_recurrent": is_recurrent,
        "words": words.split("\n\n"),
    }
