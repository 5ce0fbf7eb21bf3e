"""Writing an update: look at it first, then keep it, then publish it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.collectives.models import Collective
from commonweal.foundation import pictures
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import actions, policies, rules
from commonweal.knowledge.models import Update
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader, signed_in


class UpdateForm(forms.Form):
    """What is new, in a title and a text."""

    title = forms.CharField(
        label=lazily("Title"),
        max_length=rules.LONGEST_TITLE,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    body = forms.CharField(
        label=lazily("What is new?"),
        max_length=rules.LONGEST_BODY,
        help_text=lazily("An empty line starts a new paragraph. **Two stars** make it bold."),
        widget=forms.Textarea({"rows": 12}),
    )
    picture = forms.FileField(
        label=lazily("Add a picture"),
        required=False,
        help_text=lazily(
            "A photograph of up to 10 MB. Where and when it was taken is removed. Add it when you "
            "save; up to six, one after the other."
        ),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    alt = forms.CharField(
        label=lazily("What does the picture show?"),
        required=False,
        max_length=rules.LONGEST_ALT,
        help_text=lazily("In a few words, for those who do not see it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def words(self) -> dict[str, str]:
        """Return title and text."""
        return {name: self.cleaned_data[name] for name in ("title", "body")}


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def update_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write an update; look at it before it is kept."""
    collective = _written_by_reader(request, slug)
    form = UpdateForm(request.POST or None, request.FILES or None)
    if _is_ready(request, form) and (update := _written(collective, form, signed_in(request))):
        messages.success(request, _("Kept as a draft. Only your team sees it."))
        return redirect("knowledge:update_edit", collective.slug, update.number)
    context = {"collective": collective, "form": form, "tab": "updates", **_look(request)}
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "knowledge/update_new.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def update_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change an update, whether it is published or not."""
    collective = _written_by_reader(request, slug)
    update = _found(collective, number)
    standing = {"title": update.title, "body": update.body}
    form = UpdateForm(request.POST or None, request.FILES or None, initial=standing)
    away = _numbers(request.POST.getlist("away"))
    if _is_ready(request, form) and _changed(update, form, away, by=signed_in(request)):
        messages.success(request, _("Saved."))
        return redirect("knowledge:update_edit", collective.slug, number)
    context = {
        "collective": collective, "update": update, "form": form, "tab": "updates",
        "pictures": update.pictures.all(), "away": away, **_look(request),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "knowledge/update_edit.html", context, status=status)


@sign_in_required
@require_POST
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an update to everybody."""
    collective = _written_by_reader(request, slug)
    actions.publish_update(update=_found(collective, number), by=signed_in(request))
    messages.success(request, _("Published. Everybody can read it now."))
    return redirect("knowledge:update", collective.slug, number)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def update_remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask once more, then take an update away."""
    collective = _written_by_reader(request, slug)
    update = _found(collective, number)
    if request.method == "POST":
        actions.remove_update(update=update, by=signed_in(request))
        messages.success(request, _("The update is gone."))
        return redirect("knowledge:updates", collective.slug)
    context = {"collective": collective, "update": update, "tab": "updates"}
    return render_page(request, "knowledge/update_remove.html", context)


def _written_by_reader(request: HttpRequest, slug: str) -> Collective:
    """Return a group to somebody who writes its updates; refuse everybody else."""
    collective = seen_by_reader(request, slug)
    if not policies.may_write(reader(request), collective):
        raise NotAllowed
    return collective


def _found(collective: Collective, number: int) -> Update:
    standing = Update.objects.filter(collective=collective.pk, removed_at=None)
    return get_object_or_404(standing, number=number)


def _written(collective: Collective, form: UpdateForm, by: Party) -> Update | None:
    """Write what was typed, with its picture; None, with a reason in the form, if it cannot be."""
    try:
        with transaction.atomic():
            update = actions.write_update(collective=collective, by=by, **form.words())
            _show_picture(update, form, by)
    except (rules.AltMissing, rules.NotShown, rules.TooManyPictures) as error:
        form.add_error(_field(error), error.told_in(_))
        return None
    return update


def _changed(update: Update, form: UpdateForm, away: list[int], *, by: Party) -> bool:
    """Change an update as it was typed; False, with a reason in the form, if it cannot be."""
    try:
        with transaction.atomic():
            actions.edit_update(update=update, by=by, **form.words())
            for picture in update.pictures.filter(pk__in=away):
                actions.remove_picture(picture=picture, by=by)
            _show_picture(update, form, by)
    except (rules.AltMissing, rules.NotShown, rules.TooManyPictures) as error:
        form.add_error(_field(error), error.told_in(_))
    return not form.errors


def _numbers(words: list[str]) -> list[int]:
    return [int(word[:9]) for word in words if word.isascii() and word.isdecimal()]


def _field(error: Refused) -> str:
    return "alt" if isinstance(error, rules.AltMissing) else "picture"


def _show_picture(update: Update, form: UpdateForm, by: Party) -> None:
    sent = form.cleaned_data["picture"]
    if sent:
        content = sent.read(pictures.LARGEST_BYTES + 1)
        actions.add_picture(update=update, content=content, alt=form.cleaned_data["alt"], by=by)


def _is_ready(request: HttpRequest, form: UpdateForm) -> bool:
    """Whether somebody wants it kept, and it can be."""
    return request.method == "POST" and "preview" not in request.POST and form.is_valid()


def _look(request: HttpRequest) -> dict[str, str]:
    """Return what was typed, for those who want to look at it first."""
    if "preview" not in request.POST:
        return {}
    return {"preview_title": request.POST.get("title", ""), "preview": request.POST.get("body", "")}
