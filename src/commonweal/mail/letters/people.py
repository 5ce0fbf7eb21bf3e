"""Letters about belonging."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.mail.letters.table import NOBODY, Addressee, Entry, Told, number_in, to
from commonweal.people.models import Instance, Invitation, Party
from commonweal.people.queries import invitation_token


def _invited(fact: Fact) -> Told:
    found = Invitation.objects.select_related("party", "invited_by").filter(pk=number_in(fact))
    invitation = found.filter(accepted_at=None).first()
    if invitation is None:
        return NOBODY
    context = {"invitation": invitation, "token": invitation_token(invitation)}
    return Told((Addressee(invitation.email, invitation.invited_by.language),), context)


def _alarmed(_fact: Fact) -> Told:
    """Tell whoever runs the server; nobody where all was mended meanwhile."""
    instance = Instance.objects.first()
    if instance is None or not instance.alarm:
        return NOBODY
    staff = Party.objects.filter(login__is_staff=True).order_by("pk")
    return Told(to(*staff), {"findings": instance.alarm.splitlines()})


LETTERS = {
    "membership.invited": Entry("invitation", _invited),
    "instance.alarm_sounded": Entry("alarm", _alarmed),
}
