"""The giving form: what each side gets is shown to the cent before anybody pays."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from babel.numbers import get_currency_symbol
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation.errors import Refused
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution
from commonweal.giving.queries import Quote
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Hosting
from commonweal.payments import queries as payments
from commonweal.payments.port import Rail
from commonweal.people import actions as people_actions
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.web import formats
from commonweal.web.errors import too_many
from commonweal.web.finding import seen_by, seen_by_reader
from commonweal.web.giving import choosing
from commonweal.web.giving.forms import GUEST, INCOGNITO, ME, PledgeForm, first_values
from commonweal.web.hypermedia import render_page, wants_part
from commonweal.web.reader import reader

# A guest's gift is answered by a letter, which must not become a way to pester strangers.
_GUESTS = {"guest_gift": "60/h/ip,6/h/key"}
_SHOWN_WITH_THE_SUMS = ("amount", "own", "currency", "often", "way")


@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the giving form of a collective, what a gift would do, and take the pledge it sends."""
    collective = collectives.by_slug(slug)
    if collective is None:
        return _moved(request, slug)
    seen_by(reader(request), collective)
    hosted = hosting.current(collective)
    if hosted is None or collective.status != Collective.Status.ACTIVE:
        return render_page(request, "giving/contribute.html", {"collective": collective})
    form = _form(request, collective, hosted)
    activity, is_over = _purpose(request, collective)
    only_shows = "show" in request.POST
    if request.method == "POST" and form.is_valid() and not only_shows and not is_over:
        return _given(request, collective, form, activity)
    if only_shows:
        _forget_the_rest(form)
    context = _on_the_page(form, collective, hosted) | {"is_part": wants_part(request)}
    context |= {"activity": activity, "is_over": is_over}
    status = 422 if form.is_bound and not only_shows and (form.errors or is_over) else 200
    return render_page(request, "giving/contribute.html", context, part="summary", status=status)


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from a group's old address to its new one."""
    party = people.party_by_slug(slug)
    if party is None:
        raise Http404
    collective = seen_by_reader(request, party.slug)
    return redirect("giving:contribute", collective.slug, permanent=True)


def _form(request: HttpRequest, collective: Collective, hosted: Hosting) -> PledgeForm:
    person: Party | None = request.person  # type: ignore[attr-defined]
    choices = choosing.choices_for(collective)
    rails = _ways(collective, hosted)
    usual = rails[collective.currency]
    asked = request.GET
    chosen = choosing.first_choice(choices, asked.get("tier", ""), asked.get("amount", ""))
    choice = next((one for one in choices if one.value == chosen), None)
    first = first_values(asked, choice, usual[0].name if usual else "", ME if person else GUEST)
    return PledgeForm(
        request.POST or None,
        initial=first,
        collective=collective,
        choices=choices,
        rails=rails,
        person=person,
        organizations=people.organizations_of(person) if person else (),
    )


def _ways(collective: Collective, hosted: Hosting) -> dict[str, list[Rail]]:
    """Return over which rails the group can be given money, in its currency and in others."""
    found = {
        code: payments.offered(hosted.host, code)
        for code in dict.fromkeys([collective.currency, *hosted.host.currencies])
    }
    return {code: ways for code, ways in found.items() if ways or code == collective.currency}


def _purpose(request: HttpRequest, collective: Collective) -> tuple[Activity | None, bool]:
    """Return what the address says the gift is for, and whether it can no longer be given for."""
    asked = request.GET.get("for", "")
    activity = collectives.open_activity(collective, asked) if asked else None
    return activity, bool(asked) and activity is None


def _forget_the_rest(form: PledgeForm) -> None:
    """Leave only what is wrong with the sums: the rest is not sent yet."""
    form.full_clean()
    for name in list(form.errors):
        if name not in _SHOWN_WITH_THE_SUMS:
            form.errors.pop(name)


def _on_the_page(form: PledgeForm, collective: Collective, hosted: Hosting) -> dict[str, Any]:
    """Return the form, and what the amount that stands in it would do, over each rail."""
    money = form.standing_amount()
    quotes = {}
    problem = next(iter(form.errors.get("own", [])), "")
    for rail in form.by_currency[form.standing_currency()]:
        try:
            if money:
                quotes[rail.name] = queries.quote(
                    collective, money, rail.name, hosted=hosted,
                    tier_kind=form.standing_kind(), covers_fees=bool(form["covers_fees"].value()),
                )  # fmt: skip
        except Refused as refusal:
            problem = refusal.told_in(gettext)
    chosen: Quote | None = quotes.get(str(form["way"].value()))
    return {
        "collective": collective,
        "form": form,
        "mark": get_currency_symbol(collective.currency, locale=formats.locale()),
        "pretend": [rail.name for rail in form.rails if rail.capabilities.pretend],
        "by_hand": [rail.name for rail in form.rails if rail.capabilities.returns_by_hand],
        "quote": chosen,
        "often": form.rhythm(),
        "problem": "" if chosen else problem,
        "fees": [(name, quote.rail_fee) for name, quote in quotes.items()],
    }


def _given(
    request: HttpRequest, collective: Collective, form: PledgeForm, activity: Activity | None
) -> HttpResponse:
    """Take the promise, ask the rail, and send the giver on."""
    if form.person is None and not _is_within_limits(request, form.cleaned_data["email"]):
        return too_many(request)
    contribution = _pledged(collective, form, activity)
    charge = tasks.begin(contribution)
    if charge.next_step.get("kind") == "redirect":
        return redirect(charge.next_step["url"])
    return redirect("giving:contribution", contribution.secret)


def _is_within_limits(request: HttpRequest, email: str) -> bool:
    usage = ratelimit.consume(
        request, app="commonweal.giving", action="guest_gift", config=_GUESTS, key=email
    )
    return bool(usage)


def _pledged(collective: Collective, form: PledgeForm, activity: Activity | None) -> Contribution:
    typed = form.cleaned_data
    person = form.person or people_actions.ensure_guest(
        email=typed["email"], name=typed["name"], language=get_language() or "en"
    )
    return actions.pledge(
        collective=collective,
        amount=typed["money"],
        rail=typed["way"],
        contributor=form.organizations.get(typed["who"], person),
        given_by=person,
        by=form.person,
        tier=typed["tier"],
        activity=activity,
        interval=form.rhythm(),
        incognito=typed["who"] == INCOGNITO,
        message=typed["message"],
        covers_fees=typed["covers_fees"],
    )
