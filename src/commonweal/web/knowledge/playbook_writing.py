"""Writing a playbook: from nothing, from the books of something that is over, or from a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Collective
from commonweal.discovery import queries as discovery
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import actions, policies, queries, rules
from commonweal.knowledge.models import Playbook
from commonweal.knowledge.rules import FORMAT, Document
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge.playbook_forms import PlaybookForms
from commonweal.web.knowledge.playbooks import read_by_reader
from commonweal.web.reader import signed_in


class FileForm(forms.Form):
    """A playbook that was downloaded here or elsewhere."""

    file = forms.FileField(
        label=lazily("The file"), widget=forms.FileInput({"accept": "application/json,.json"})
    )


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def playbook_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a playbook from nothing, or from an activity that is over."""
    collective = _written_by_reader(request, slug)
    editing = PlaybookForms(request.POST or None, _first(request, collective))
    return _answer(request, collective, editing, "knowledge/playbook_new.html")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def playbook_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the next version of a playbook."""
    playbook = read_by_reader(request, slug)
    collective = _written_by_reader(request, playbook.collective.slug)
    editing = PlaybookForms(request.POST or None, queries.document(playbook), seen=playbook.latest)
    return _answer(request, collective, editing, "knowledge/playbook_edit.html", playbook)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def playbook_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a playbook from a file."""
    collective = _written_by_reader(request, slug)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = rules.read(form.cleaned_data["file"].read(rules.LARGEST + 1))
            made = actions.write_playbook(
                collective=collective, document=document, by=signed_in(request)
            )
        except Refused as refusal:
            form.add_error("file", refusal.told_in(_))
        else:
            messages.success(request, _("The playbook is here."))
            return redirect("knowledge:playbook", made.slug)
    context = {"collective": collective, "form": form, "tab": "playbooks"}
    status = 422 if form.errors else 200
    return render_page(request, "knowledge/playbook_import.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def playbook_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then take a playbook away."""
    playbook = read_by_reader(request, slug)
    collective = _written_by_reader(request, playbook.collective.slug)
    if request.method == "POST":
        actions.remove_playbook(playbook=playbook, by=signed_in(request))
        messages.success(request, _("The playbook is gone."))
        return redirect("knowledge:group_playbooks", collective.slug)
    context = {"collective": collective, "playbook": playbook, "tab": "playbooks"}
    return render_page(request, "knowledge/playbook_remove.html", context)


def _answer(
    request: HttpRequest,
    collective: Collective,
    editing: PlaybookForms,
    template: str,
    playbook: Playbook | None = None,
) -> HttpResponse:
    """Keep what was typed, or show it with what is wrong."""
    if request.method == "POST" and editing.is_valid():
        try:
            kept = _keep(request, collective, editing, playbook)
        except Refused as refusal:
            editing.form.add_error(None, refusal.told_in(_))
        else:
            messages.success(request, _("Saved."))
            return redirect("knowledge:playbook", kept.slug)
    context: dict[str, Any] = {
        "collective": collective,
        "playbook": playbook,
        "form": editing.form,
        "lists": editing.lists,
        "tab": "playbooks",
    }
    wrong = request.method == "POST"
    return render_page(request, template, context, status=422 if wrong else 200)


def _keep(
    request: HttpRequest, collective: Collective, editing: PlaybookForms, playbook: Playbook | None
) -> Playbook:
    by, document = signed_in(request), editing.typed()
    if playbook is None:
        return actions.write_playbook(collective=collective, document=document, by=by)
    said = editing.form.cleaned_data
    return actions.edit_playbook(
        playbook=playbook, document=document, seen=said["seen"] or 0, changed=said["changed"], by=by
    )


def _first(request: HttpRequest, collective: Collective) -> Document:
    """Return what stands in a new playbook: what an activity of the group paid, or its purpose."""
    number = request.GET.get("activity", "")
    activity = collectives.activity(int(number[:18])) if number.isdecimal() else None
    if activity and activity.organizer_id == collective.pk and activity.closed_at:
        return discovery.drafted(activity)
    theme = collective.themes.first()
    return {
        "format": FORMAT, "title": "", "purpose": collective.about,
        "language": collective.language[:2], "license": "CC-BY-4.0",
        "theme": theme.slug if theme else "", "authors": [collective.name], "people": 30,
        "currency": collective.currency, "checklist": [], "roles": [], "budget": [], "tiers": [],
        "sponsors": [], "legal": [], "lessons": [],
    }  # fmt: skip


def _written_by_reader(request: HttpRequest, slug: str) -> Collective:
    """Return a group to somebody who writes for it; refuse everybody else."""
    collective = seen_by_reader(request, slug)
    if not policies.may_write(signed_in(request), collective):
        raise NotAllowed
    return collective
