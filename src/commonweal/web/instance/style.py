"""The design review page: every component in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundation.money import Money
from commonweal.foundation.text import slug
from commonweal.web import charts, pages, streams
from commonweal.web.discovery import cards
from commonweal.web.hypermedia import render_page
from commonweal.web.ledger import rows


class SampleForm(forms.Form):
    """A field of each sort."""

    name = forms.CharField(label="Name of the group", help_text="You can change it later.")
    goal = forms.DecimalField(label="Monthly goal", widget=forms.TextInput({"class": "money"}))
    place = forms.ChoiceField(label="Place", choices=[("", "Anderlecht"), ("x", "Ixelles")])
    story = forms.CharField(label="What for?", widget=forms.Textarea({"rows": 3}), required=False)
    often = forms.ChoiceField(
        label="How often?",
        choices=[("once", "Once"), ("month", "Every month")],
        widget=forms.RadioSelect,
        initial="once",
    )
    news = forms.BooleanField(label="Send me the yearly report", required=False)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component, while debugging or in the demo."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render_page(request, "instance/style.html", _samples(request))


def _samples(request: HttpRequest) -> dict[str, Any]:
    return {
        "form": SampleForm(initial={"name": "Night Library"}),
        "wrong": SampleForm({"name": "Night Library", "goal": "12,5O"}, auto_id="wrong_%s"),
        "plus": Money(12850, "EUR"),
        "minus": Money(-2860, "EUR"),
        "kept": Money(9990, "EUR"),
        "large": Money(26242925, "EUR"),
        "swatches": _SWATCHES,
        "tones": ("good", "", "warn", "bad"),
        "people": [_person(name) for name in ("Nadia El Amrani", "Jonas Peeters", "Lucie Wauters")],
        "group": SimpleNamespace(kind="collective", slug="soup-sunday", name="Soup Sunday"),
        "trail": [("Brussels", "/explore"), ("Soup Sunday", "#main")],
        "tabs": [("Budget", "#a", True), ("Ledger", "#b", False), ("People", "#c", False)],
        "pages": pages.numbered(request, page=2, last=19),
        "events": _events(),
        "chart": charts.months(_six_months()),
        "flow": _flow(),
        "months": [_month()],
        "card": _card(),
    }


def _person(name: str) -> SimpleNamespace:
    return SimpleNamespace(kind="person", name=name, slug=slug(name))


def _events() -> list[dict[str, Any]]:
    at = datetime(2026, 11, 19, 9, 11, tzinfo=UTC)
    return [
        {"tone": "good", "icon": "check", "who": "Lucie Wauters", "text": _("approved"), "at": at},
        {"tone": "bad", "icon": "x", "text": "The bank refused it.", "at": at, "quote": "Closed."},
        {"tone": "now", "icon": "clock", "text": "Waiting for another account number."},
    ]


def _six_months() -> list[charts.Month]:
    amounts = [(36600, 40328), (22900, 1512), (23400, 5857), (84100, 61327), (44500, 0), (0, 20958)]
    return [
        charts.Month(date(2026, 6 + n, 1), Money(raised, "EUR"), Money(spent, "EUR"))
        for n, (raised, spent) in enumerate(amounts)
    ]


def _flow() -> streams.Flow | None:
    comes = charts.shares([("Monthly backers", Money(226800, "EUR")), ("Gifts", _GIFTS)])
    goes = charts.shares([("Venue", Money(90000, "EUR")), ("Tools and parts", _GIFTS)])
    drawn = streams.draw(comes, goes, rest="The rest", later="Kept for later", before="Before")
    return drawn[0] if drawn else None


def _month() -> rows.Month:
    gift = rows.Row(
        day=date(2026, 11, 22),
        title="Monthly gift",
        address="#main",
        who="Jonas Peeters",
        group=None,
        category="Monthly backers",
        fees="€20.00 given, €1.00 host fee",
        amount=Money(1900, "EUR"),
        balance=Money(258096, "EUR"),
    )
    receipt = replace(gift, title="Soldering tips", who="", fees="", amount=Money(-6490, "EUR"))
    return rows.Month(date(2026, 11, 1), (gift, receipt), _GIFTS, Money(20958, "EUR"))


def _card() -> cards.Card:
    return cards.Card(
        slug="soup-sunday",
        name="Soup Sunday",
        address="#main",
        about="A warm table for people who have just arrived.",
        where="Saint-Gilles, food",
        pot=Money(96455, "EUR"),
        closed=False,
        goal=cards.Progress(31, "31%"),
    )


_GIFTS = Money(66100, "EUR")
_SWATCHES = [
    ("ink", "text, values, ordinary buttons"),
    ("paper", "the page"),
    ("sheet", "what lies on the page"),
    ("move", "your move, or: you are here"),
    ("in", "money in"),
    ("out", "money out"),
    ("link", "links, focus"),
    ("margin", "the line of the book"),
]
