"""Drafts: what was typed is kept by a button, or by itself while somebody types."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.collectives.models import Collective
from commonweal.foundation import clock, ids
from commonweal.people.models import Party
from commonweal.spending import actions, policies, queries
from commonweal.spending.models import Expense
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending.uploads import Uploads, still_there, waiting_under

_TYPED = {
    "payee", "iban", "activity", "supplier_name", "supplier_number", "supplier_iban", "guest_name",
    "guest_email", "invoice_number", "reference", "due_on",
}  # fmt: skip
_LINE = "line-"


@sign_in_required
@require_POST
def draft_saved(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is typed so far, quietly, and say when."""
    collective = seen_by_reader(request, slug)
    keep(request, collective, key_of(request), Uploads(waiting_under(request.POST.get("kept", ""))))
    return render_page(request, "spending/draft_saved.html", {"at": clock.now()})


@sign_in_required
@require_POST
def draft_drop(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    actions.drop_unsent(key=key, collective=seen_by_reader(request, slug), by=signed_in(request))
    messages.success(request, _("The draft is gone."))
    return redirect("spending:expenses", slug)


def keep(request: HttpRequest, collective: Collective, key: str, sent: Uploads) -> None:
    """Keep a form as it was sent, with the papers that wait with it."""
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if isinstance(value, str) and (name in _TYPED or name.startswith(_LINE))
    ]
    actions.keep_unsent(
        key=UUID(key), collective=collective, typed=typed, papers=sent.facts,
        title=request.POST.get("line-0-what", ""), by=signed_in(request),
    )  # fmt: skip


def kept(request: HttpRequest, collective: Collective) -> tuple[QueryDict, Uploads] | None:
    """Return the draft that an address names, as it was typed, or None."""
    wanted = _uuid(request.GET.get("draft", ""))
    found = queries.unsent(wanted, signed_in(request), collective)
    if found is None:
        return None
    data = QueryDict(mutable=True)
    for name, value in json.loads(found.typed):
        data[name] = value
    return data, Uploads(still_there(found.papers))


def address(collective: Collective, key: str) -> str:
    """Return where a draft is taken up again."""
    return f"{reverse('spending:expense_new', args=[collective.slug])}?draft={key}"


def drop(key: str, collective: Collective, person: Party) -> None:
    """Throw away what became an expense."""
    actions.drop_unsent(key=UUID(key), collective=collective, by=person)


def key_of(request: HttpRequest) -> str:
    """Return the name of the draft that a form belongs to, a new one for a new form."""
    given = request.POST.get("key") or request.GET.get("draft", "")
    return str(_uuid(given) or ids.uuid7())


def like(request: HttpRequest, collective: Collective) -> Expense | None:
    """Return the expense that a new one is to start like, where its reader may see it."""
    number = request.GET.get("like", "")
    if not number.isdecimal() or len(number) > 9:  # noqa: PLR2004 - what a column can hold
        return None
    found = queries.by_number(collective, int(number))
    return found if found and policies.may_see(signed_in(request), found) else None


def start(like: Expense | None, *, is_same: bool) -> dict[str, Any]:
    """Return what the form starts with: an expense that is changed, or one that is done again."""
    if like is None:
        return {}
    facts = {"payee": str(like.payee_id), "activity": like.activity_id}
    if is_same:
        facts |= {
            "invoice_number": like.invoice_number, "reference": like.reference,
            "due_on": like.due_on,
        }  # fmt: skip
    return facts


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
