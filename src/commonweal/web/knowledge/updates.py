"""Reading what a group tells, answering it, and following the group."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.conversations import actions as conversations
from commonweal.conversations import queries as said
from commonweal.knowledge import policies, queries
from commonweal.people import actions as people
from commonweal.people.models import Role
from commonweal.people.queries import has_role
from commonweal.web.confirming import sign_in_required
from commonweal.web.errors import too_many
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader, signed_in
from commonweal.web.sharing import heads

_AT_A_TIME = 10
_LIMITS = {"comment": "20/h/key"}


@require_safe
def updates(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a group told, newest first, and to its writers what waits."""
    collective = seen_by_reader(request, slug)
    person = reader(request)
    told = queries.published(collective).prefetch_related("pictures")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < len(str(2**31)):
        told = told.filter(number__lt=int(before))
    shown = list(told[: _AT_A_TIME + 1])
    writes = policies.may_write(person, collective)
    context = {
        "collective": collective,
        "updates": shown[:_AT_A_TIME],
        "older": shown[_AT_A_TIME - 1].number if len(shown) > _AT_A_TIME else None,
        "writes": writes,
        "drafts": queries.drafts(collective) if writes else [],
        "follows": has_role(person, collective, Role.FOLLOWER),
    }
    return render_page(request, "knowledge/updates.html", context)


@require_safe
def update(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one update and what people said about it."""
    collective = seen_by_reader(request, slug)
    told = queries.published(collective).prefetch_related("pictures")
    found = get_object_or_404(told, number=number)
    context = {
        "collective": collective,
        "update": found,
        "comments": said.thread(queries.subject(found)),
        "writes": policies.may_write(reader(request), collective),
        "shared": heads.of_update(found, collective),
        "longest": conversations.LONGEST,
    }
    return render_page(request, "knowledge/update.html", context)


@sign_in_required
@require_POST
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something about an update."""
    collective = seen_by_reader(request, slug)
    found = get_object_or_404(queries.published(collective), number=number)
    person = signed_in(request)
    if not ratelimit.consume(
        request, app="commonweal.knowledge", action="comment", config=_LIMITS, key=str(person.pk)
    ):
        return too_many(request)
    conversations.say(
        subject=queries.subject(found),
        body=request.POST.get("body", ""),
        by=person,
        party=collective.pk,
    )
    return redirect("knowledge:update", slug, number)


@sign_in_required
@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a group from now on."""
    collective = seen_by_reader(request, slug)
    person = signed_in(request)
    people.grant(person=person, party=collective.party, role=Role.FOLLOWER, by=person)
    messages.success(request, _("You follow this group from now on."))
    return redirect("knowledge:updates", slug)


@sign_in_required
@require_POST
def unfollow(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop following a group; who has stopped already stays so."""
    collective = seen_by_reader(request, slug)
    person = signed_in(request)
    if has_role(person, collective, Role.FOLLOWER):
        people.leave(person=person, party=collective.party, role=Role.FOLLOWER, by=person)
    messages.success(request, _("You do not follow this group any more."))
    return redirect("knowledge:updates", slug)
