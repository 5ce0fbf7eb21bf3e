"""People who give or are paid without signing in, and who later sign in after all."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.foundation import ids
from commonweal.foundation.errors import NotAllowed
from commonweal.people import queries, rules
from commonweal.people.actions.memberships import grant
from commonweal.people.actions.parties import add_party
from commonweal.people.models import Contact, Login, Membership, OldSlug, Party


@transaction.atomic
def ensure_guest(*, email: str, name: str, language: str = "en", by: Party | None = None) -> Party:
    """Return the guest of this address and this very name, new if there is none yet.

    An address that nobody has proved is never taken as somebody who signs in.
    """
    address, name = rules.proper_address(email), rules.proper_name(name)
    known = queries.guests_of(address).filter(name__iexact=name).order_by("pk").first()
    if known is not None:
        return known
    guest = add_party(model=Party, kind=Party.Kind.PERSON, name=name, language=language, by=by)
    Contact.objects.create(party=guest, email=address)
    record(
        "guest.came", subject=f"party:{guest.pk}", by=by.pk if by else None,
        party=guest.pk, public=False,
    )  # fmt: skip
    return guest


@transaction.atomic
def claim_guest(*, login: Login, email: str | None = None, by: Party | None = None) -> list[Party]:
    """Let the guests of an address that a login has proved to be theirs become its person.

    Returns the guests, so that whoever keeps something for them can hand it over.
    """
    if by is not None and by.pk != login.person_id:
        raise NotAllowed
    person = login.person
    guests = list(queries.guests_of(email or login.email).select_for_update(of=("self",)))
    for guest in guests:
        _hand_over(guest, person)
        record(
            "guest.claimed", subject=f"party:{guest.pk}", by=by.pk if by else person.pk,
            party=person.pk, public=False,
        )  # fmt: skip
    return guests


def _hand_over(guest: Party, person: Party) -> None:
    """Move what people know of a guest to a person; the guest's address leads there from now."""
    for membership in Membership.objects.filter(person=guest, until=None).select_related("party"):
        grant(person=person, party=membership.party, role=membership.role, by=None)
        membership.delete()
    Membership.objects.filter(person=guest).update(person=person)
    Contact.objects.filter(party=guest).delete()
    former, guest.slug, guest.claimed_by = guest.slug, f"guest-{ids.readable()}", person
    guest.save(update_fields=["slug", "claimed_by"])
    OldSlug.objects.filter(party=guest).update(party=person)
    OldSlug.objects.create(slug=former, party=person)
