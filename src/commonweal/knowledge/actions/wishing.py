"""Wishing to be asked, and not any more."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.collectives.models import Theme
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.knowledge import policies, rules
from commonweal.knowledge.models import Wish
from commonweal.people.models import Party
from commonweal.places.models import Place


@transaction.atomic
def open_wish(*, party: Party, terms: rules.Terms, place: Place | None, by: Party) -> Wish:
    """Let groups ask somebody for help, on their terms."""
    if not policies.may_wish(by, party):
        raise NotAllowed
    terms = rules.proper_terms(terms, has_place=place is not None)
    themes = Theme.objects.filter(slug__in=terms.themes).order_by("slug")
    wish, _ = Wish.objects.update_or_create(
        party_id=party.pk,
        defaults={
            "open": True, "from_whom": terms.from_whom, "within_km": terms.within_km,
            "place": place, "gives": list(terms.gives),
            "themes": list(themes.values_list("slug", flat=True)[: rules.MOST_THEMES]),
            "sentence": " ".join(terms.sentence.split())[: rules.LONGEST_SENTENCE],
            "most_a_month": terms.most_a_month, "shown": terms.shown, "changed_at": clock.now(),
        },
    )  # fmt: skip
    _tell("wish.opened", party, by)
    return wish


@transaction.atomic
def close_wish(*, party: Party, by: Party) -> None:
    """Let no group ask any more; the terms are kept, should they change their mind."""
    if not policies.may_wish(by, party):
        raise NotAllowed
    is_open = Wish.objects.filter(party=party.pk, open=True)
    if is_open.update(open=False, changed_at=clock.now()):
        _tell("wish.closed", party, by)


def _tell(kind: str, party: Party, by: Party) -> None:
    activity.record(kind, subject=f"party:{party.pk}", party=party.pk, by=by.pk, public=False)
