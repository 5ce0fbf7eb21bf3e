"""How often somebody hears from the groups they follow."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.http import require_http_methods

from commonweal.people import actions
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in


class RhythmForm(forms.Form):
    """At once, once a week, or never."""

    rhythm = forms.ChoiceField(
        label=lazily("Letters from the groups you follow"),
        choices=[
            (Party.Rhythm.AT_ONCE, lazily("Each update at once")),
            (Party.Rhythm.WEEKLY, lazily("One letter a week: updates, money and plans")),
            (Party.Rhythm.NEVER, lazily("None. I look at the pages myself")),
        ],
        widget=forms.RadioSelect,
    )


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Show and change how often letters about groups come."""
    person = signed_in(request)
    form = RhythmForm(request.POST or None, initial={"rhythm": person.rhythm})
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(party=person, rhythm=form.cleaned_data["rhythm"], by=person)
        messages.success(request, _("Saved."))
        return redirect("knowledge:letters")
    context = {"form": form, "tab": "letters"}
    status = 422 if form.errors else 200
    return render_page(request, "knowledge/letters.html", context, status=status)
