"""The desk of a group: what waits, what is left to do before people can give, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.collectives import actions, rules
from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.giving import queries as giving
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Application, Hosting
from commonweal.knowledge import queries as knowledge
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.people import queries as people
from commonweal.spending import queries as spending
from commonweal.spending.models import Expense
from commonweal.web.collectives import handing
from commonweal.web.collectives.finding import run_by_reader
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending import telling

_SHOWN = 10


@dataclass(frozen=True)
class Step:
    """One thing to do on the way to the first gift."""

    title: str | Promise
    text: str | Promise
    address: str
    done: bool


_STEPS: dict[rules.Step, tuple[str | Promise, str | Promise, str]] = {
    "host": (
        lazily("Ask a host to hold your money"),
        lazily("Your page opens, and people can give, when it says yes."),
        "hosting:apply",
    ),
    "story": (
        lazily("Tell your story"),
        lazily("Who you are, what you do, what the money is for."),
        "collectives:edit",
    ),
    "tier": (
        lazily("Offer a way of giving"),
        lazily("An amount with a name is easier to give than any amount."),
        "giving:tiers",
    ),
    "goal": (lazily("Set a goal"), lazily("People see how far it is."), "collectives:goals"),
    "people": (
        lazily("Invite somebody"),
        lazily("Nobody agrees to their own expense, so you need two."),
        "people:team",
    ),
    "picture": (
        lazily("Show a picture"),
        lazily("Until then we draw one from your name."),
        "collectives:edit",
    ),
}


@sign_in_required
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group's pot, what waits for its admins, and what is left to do."""
    collective = run_by_reader(request, slug)
    hosted = hosting.current(collective)
    application = hosting.last_application(collective)
    expenses = list(spending.waiting_for_approval(collective)[: _SHOWN + 1])
    team = people.team(collective)
    steps = _steps(collective, hosted, application, len(team))
    context = {
        "collective": collective,
        "tab": "desk",
        "hosted": hosted,
        "fee_ppm": hosting.fee_ppm(hosted) if hosted else 0,
        "application": application if hosted is None else None,
        "totals": ledger.totals(Scope.COLLECTIVE, collective.pk, collective.currency),
        "pot": spending.pot_of(collective),
        "steps": steps,
        "left": sum(not step.done for step in steps),
        "team": team,
        "handed": handing.handed_to(collective),
        "expenses": telling.rows(expenses[:_SHOWN]),
        "waiting": _sum(expenses, collective.currency),
        "more": len(expenses) > _SHOWN,
        "help_waiting": knowledge.to_do(collective),
    }
    return render_page(request, "collectives/desk.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then end a group; its page and its ledger stay."""
    collective = run_by_reader(request, slug)
    hosted = hosting.current(collective)
    if request.method == "POST" and hosted is None:
        actions.close(collective=collective, by=signed_in(request))
        messages.success(request, _("The group has ended. Its page and its ledger stay."))
        return redirect("people:profile", slug)
    context = {"collective": collective, "hosted": hosted, "pot": spending.pot_of(collective)}
    status = 409 if request.method == "POST" else 200
    return render_page(request, "collectives/close.html", context, status=status)


def _steps(
    collective: Collective, hosted: Hosting | None, application: Application | None, members: int
) -> list[Step]:
    asked = application is not None and application.status in {
        Application.Status.PENDING, Application.Status.ASKED,
    }  # fmt: skip
    progress = rules.Progress(
        has_host=hosted is not None,
        has_asked=asked,
        has_story=bool(collective.story.strip()),
        has_picture=bool(collective.picture),
        has_tier=giving.tiers_of(collective).exists(),
        has_goal=collective.goals.exists(),
        people=members,
    )
    return [
        Step(title, text, reverse(name, args=[collective.slug]), done)
        for (title, text, name), done in (
            (_STEPS[step], done) for step, done in rules.checklist(progress)
        )
    ]


def _sum(expenses: Sequence[Expense], currency: str) -> Money:
    """Return what the shown expenses come to."""
    return sum(
        (Money(one.amount_minor, one.currency) for one in expenses if one.currency == currency),
        start=Money(0, currency),
    )
