"""Forgetting a person: history stays, the name goes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from commonweal.activity.actions import forget_words, record
from commonweal.foundation import clock, ids
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.ledger.actions import forget
from commonweal.people import policies, queries, rules
from commonweal.people.actions.memberships import end_membership
from commonweal.people.actions.parties import set_picture
from commonweal.people.models import Contact, Invitation, Login, Membership, OldSlug, Party

_ONLY_ADMIN = _(
    "You are the only admin of %(names)s. Make somebody else an admin there first, or end it."
)


class NotHandedOver(Refused):
    """You are the only admin of a group. Make somebody else an admin there first, or end it."""

    def __init__(self, groups: list[str]) -> None:
        """Name the groups."""
        super().__init__(_ONLY_ADMIN, names=", ".join(groups))


@transaction.atomic
def erase(*, person: Party, by: Party | None) -> None:
    """Take a person's name, picture, addresses, login and roles away, for good.

    What they gave, were paid and said stays, as done by someone.
    """
    if by is not None and not policies.may_erase(by, person):
        raise NotAllowed
    _hold_still(person)
    groups = queries.only_admin_of(person)
    if groups:
        raise NotHandedOver([group.name for group in groups])
    _forget_addresses(person)
    for membership in Membership.objects.filter(person=person, until=None):
        end_membership(membership=membership, by=by)
    for one in [person, *person.claimed.all()]:
        _forget_name(one)
        forget(party=one.pk)
        forget_words(of=one.pk, by=person.pk)
    record(
        "person.erased", subject=f"party:{person.pk}", by=person.pk, party=person.pk, public=False
    )


def _hold_still(person: Party) -> None:
    """Let nobody else leave these groups meanwhile, or both might be the last."""
    groups = Party.objects.filter(pk__in=queries.runs(person).values("pk"))
    list(groups.select_for_update().order_by("pk"))


def _forget_addresses(person: Party) -> None:
    addresses = {
        *Login.objects.filter(person=person).values_list("email", flat=True),
        *Contact.objects.filter(party=person).values_list("email", flat=True),
    }
    Invitation.objects.filter(
        Q(email__in=addresses) | Q(invited_by=person, accepted_at=None)
    ).delete()
    Login.objects.filter(person=person).delete()
    Contact.objects.filter(party=person).delete()


def _forget_name(party: Party) -> None:
    set_picture(party=party, picture=None, by=None)
    OldSlug.objects.filter(party=party).delete()
    party.name, party.slug = rules.ERASED_NAME, f"{rules.ERASED_NAME.lower()}-{ids.readable()}"
    party.about = party.website = ""
    party.place, party.language, party.erased_at = None, "en", clock.now()
    party.findable = False
    party.save()
