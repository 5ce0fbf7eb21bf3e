"""Letters about belonging."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.mail.letters.table import NOBODY, Addressee, Entry, Told, number_in
from commonweal.people.models import Invitation
from commonweal.people.queries import invitation_token


def _invited(fact: Fact) -> Told:
    found = Invitation.objects.select_related("party", "invited_by").filter(pk=number_in(fact))
    invitation = found.filter(accepted_at=None).first()
    if invitation is None:
        return NOBODY
    context = {"invitation": invitation, "token": invitation_token(invitation)}
    return Told((Addressee(invitation.email, invitation.invited_by.language),), context)


LETTERS = {"membership.invited": Entry("invitation", _invited)}
