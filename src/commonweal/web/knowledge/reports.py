"""Letters that somebody said are not okay, for the host of the groups that wrote them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.hosting import policies as hosts
from commonweal.hosting import queries as hosting
from commonweal.knowledge import actions, queries
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in

_SHOWN = 50


@sign_in_required
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a host's admins which letters are said to be not okay, and which groups are paused."""
    host = hosting.host_by_slug(slug)
    if host is None:
        raise Http404
    if not hosts.may_decide(signed_in(request), host):
        raise NotAllowed
    paused = list(queries.paused_groups(host))
    context = {
        "host": host, "tab": "reports", "paused": paused,
        "paused_ids": {group.pk for group in paused},
        "asks": queries.reported(host)[:_SHOWN],
    }  # fmt: skip
    return render_page(request, "knowledge/reports.html", context)


@sign_in_required
@require_POST
def pause(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a group write to nobody for now."""
    group = get_object_or_404(Collective, pk=number)
    actions.pause_asking(collective=group, by=signed_in(request))
    messages.success(request, _("This group may not write to people until you allow it."))
    return redirect("knowledge:reports", slug)


@sign_in_required
@require_POST
def allow(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a group write to people again."""
    group = get_object_or_404(Collective, pk=number)
    actions.allow_asking(collective=group, by=signed_in(request))
    messages.success(request, _("This group may write to people again."))
    return redirect("knowledge:reports", slug)
