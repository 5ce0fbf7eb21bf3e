"""Who might back a group, and writing to them."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Collective
from commonweal.discovery.queries import MightBack, might_back
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import actions, policies, queries, rules
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge import wishes
from commonweal.web.reader import reader, signed_in

_NAMED = 2
_LETTERS = 50


class AskForm(forms.Form):
    """A few lines."""

    words = forms.CharField(
        label=lazily("Your letter"),
        max_length=rules.LONGEST_ASK,
        help_text=lazily("Who you are, what you need, and what it is good for. No links: the letter shows your page."),  # noqa: E501 - shown to people
        widget=forms.Textarea({"rows": 9}),
    )  # fmt: skip

    def clean_words(self) -> str:
        """Refuse links and addresses."""
        try:
            return rules.proper_ask(self.cleaned_data["words"])
        except Refused as error:
            raise forms.ValidationError(error.told_in(_)) from error


@dataclass(frozen=True)
class Suggested:
    """Somebody who might back the group, and why, in words."""

    party: Party
    gives: str
    sentence: str
    reasons: list[str]


@sign_in_required
@require_safe
def reach(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the admins of a public group who might back it, and what was asked so far."""
    collective = _asked_for(request, slug)
    standing = queries.standing(collective)
    refusal = rules.group_refusal(standing, clock.now())
    context = {
        "collective": collective,
        "tab": "reach",
        "refusal": refusal and refusal.told_in(_),
        "is_open": standing.open_since is not None,
        "found": _suggested(collective) if standing.open_since else [],
        "written": queries.written(collective)[:_LETTERS],
    }
    return render_page(request, "knowledge/reach.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, whom: str) -> HttpResponse:
    """Write to somebody who wishes to be asked by such groups."""
    collective = _asked_for(request, slug)
    party = people.party_by_slug(whom)
    wish = queries.wish_of(party) if party else None
    standing, reception = queries.standing(collective), queries.reception(wish, collective)
    if party is None or wish is None or not reception.wished or not standing.open_since:
        raise Http404
    now = clock.now()
    refusal = rules.group_refusal(standing, now) or rules.addressee_refusal(reception, now)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        actions.ask(collective=collective, whom=party, words=words, by=signed_in(request))
        messages.success(request, _("It is on its way. The answer comes here and by mail."))
        return redirect("knowledge:reach", collective.slug)
    context = {
        "collective": collective, "party": party, "wish": wish, "gives": wishes.gives(wish),
        "form": form, "tab": "reach", "refusal": refusal and refusal.told_in(_),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "knowledge/ask.html", context, status=status)


def _asked_for(request: HttpRequest, slug: str) -> Collective:
    """Return a group to somebody who may write for it."""
    collective = seen_by_reader(request, slug)
    if not policies.may_ask(reader(request), collective):
        raise NotAllowed
    return collective


def _suggested(collective: Collective) -> list[Suggested]:
    themes = list(collective.themes.values_list("slug", flat=True))
    names = dict(collectives.themes())
    return [
        Suggested(
            party=one.party, gives=wishes.gives(one.wish), sentence=one.wish.sentence,
            reasons=list(_reasons(one, names)),
        )
        for one in might_back(collective, themes)
    ]  # fmt: skip


def _reasons(one: MightBack, names: dict[str, str]) -> list[str]:
    """Say why somebody might back the group: only what everybody may know, and what they wish."""
    told = [
        ngettext(
            "gives to %(group)s, which has the same theme: %(themes)s",
            "gives to %(group)s, which has the same themes: %(themes)s",
            len(group.themes),
        )
        % {"group": group.name, "themes": _listed(group.themes, names)}
        for group in one.backs[:_NAMED]
    ]
    more = len(one.backs) - _NAMED
    if more > 0:
        words = ngettext("and to one more such group", "and to %(number)s more such groups", more)
        told.append(words % {"number": more})
    if one.themes:
        themes = _listed(one.themes, names)
        told.append(_("would like to help groups about this: %(themes)s") % {"themes": themes})
    if one.wish.from_whom == one.wish.FromWhom.NEAR:
        told.append(_("would like to help groups nearby"))
    return told or [_("would like to help any group")]


def _listed(slugs: tuple[str, ...], names: dict[str, str]) -> str:
    return ", ".join(names[slug] for slug in slugs if slug in names)
