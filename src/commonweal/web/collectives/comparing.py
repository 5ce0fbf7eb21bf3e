"""Groups side by side: how each is paid for, what it costs, how large it is and who runs it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.discovery import queries
from commonweal.foundation import clock
from commonweal.web.collectives import side_by_side
from commonweal.web.hypermedia import render_page
from commonweal.web.ledger.views import months_back

_MOST = 4
_FEWEST = 2
_MONTHS = 12
_LONGEST = 120
_TO_CHOOSE_FROM = 500


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show two to four groups side by side, or let somebody choose them."""
    asked = _asked(request)
    firsts = months_back(clock.today(), _MONTHS - 1)
    found = queries.compared(asked[:_MOST], since=firsts[0])
    groups = list(found.values())
    context = {
        "fields": _fields([one.portrait.collective.slug for one in groups]),
        "names": queries.names(most=_TO_CHOOSE_FROM),
        "missing": _missing(asked[:_MOST], groups),
        "too_many": len(asked) > _MOST,
        "one": groups[0].portrait.collective if len(groups) == 1 else None,
        "asked": asked,
        "first": firsts[0],
        "last": firsts[-1],
        "shown": side_by_side.of(groups) if len(groups) >= _FEWEST else None,
    }
    return render_page(request, "collectives/compare.html", context)


def _asked(request: HttpRequest) -> list[str]:
    """Return what was typed, each word once, without what no group can be called."""
    words = (word.strip()[:_LONGEST] for word in request.GET.getlist("group"))
    return list(dict.fromkeys(word for word in words if word and "\0" not in word))


def _missing(asked: Sequence[str], groups: Sequence[queries.Compared]) -> list[str]:
    known = {one.portrait.collective.slug for one in groups}
    known |= {one.portrait.collective.name for one in groups}
    return [word for word in asked if word not in known and word.lower() not in known]


def _fields(slugs: Sequence[str]) -> list[tuple[int, str]]:
    """Return the number and the value of each field to type a group into."""
    values = [*slugs, *[""] * _MOST][:_MOST]
    return list(enumerate(values, start=1))
