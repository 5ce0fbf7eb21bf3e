"""Who is who, who belongs to what, and which slug is free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.core import signing
from django.db.models import QuerySet

from commonweal.activity.models import Fact
from commonweal.foundation import clock
from commonweal.people import rules
from commonweal.people.models import Instance, Invitation, Login, Membership, OldSlug, Party, Role
from commonweal.people.policies import has_role as has_role  # noqa: PLC0414 - asked for here too

TEAM = (Role.ADMIN, Role.MEMBER, Role.ACCOUNTANT, Role.HELPER)
_INVITATION = "people.invitation"
_SIGN_IN = "people.sign-in-link"
_AT_A_TIME = 20
_NOTICE = timedelta(hours=72)


@dataclass(frozen=True)
class TeamMember:
    """A person and what they are in a team."""

    person: Party
    roles: tuple[Role, ...]


def instance() -> Instance | None:
    """Return this server's name and place, or None before its first run."""
    return Instance.objects.select_related("place").first()


def free_slug(name: str, *, party: Party | None = None) -> str:
    """Return the best slug for a name that nobody has, had, or may not have.

    A party may take back a slug it had before: say which `party` asks.
    """
    words = rules.slugs_for(name)
    while True:
        some = list(islice(words, _AT_A_TIME))
        taken = _taken(some, party)
        for word in some:
            if word not in taken:
                return word


def is_free(slug: str, *, party: Party | None = None) -> bool:
    """Whether a party may have exactly this slug."""
    return rules.is_slug(slug) and not _taken([slug], party)


def _taken(words: Iterable[str], party: Party | None) -> set[str]:
    current = Party.objects.filter(slug__in=words)
    former = OldSlug.objects.filter(slug__in=words)
    if party is not None and party.pk:
        current = current.exclude(pk=party.pk)
        former = former.exclude(party=party.pk)
    return {*current.values_list("slug", flat=True), *former.values_list("slug", flat=True)}


def party_by_slug(slug: str) -> Party | None:
    """Return the party that has this slug, or had it: compare its `slug` and redirect."""
    slug = slug.lower()
    found = Party.objects.select_related("place").filter(slug=slug).first()
    if found is None:
        old = OldSlug.objects.select_related("party__place").filter(slug=slug).first()
        found = old.party if old else None
    return found


def roles(person: Party | None, party: Party) -> set[Role]:
    """Return what a person is to a party today."""
    if person is None:
        return set()
    current = Membership.objects.filter(person=person.pk, party=party.pk, until=None)
    return {Role(role) for role in current.values_list("role", flat=True)}


def admins(party: Party) -> QuerySet[Party]:
    """Return the people who are admins of a party today, longest first."""
    return Party.objects.filter(
        memberships__party=party.pk, memberships__role=Role.ADMIN, memberships__until=None
    ).order_by("memberships__since", "pk")


def team(party: Party) -> list[TeamMember]:
    """Return who runs a party and as what, in the order they came."""
    current = Membership.objects.filter(party=party.pk, role__in=TEAM, until=None)
    found: dict[Party, list[Role]] = {}
    for membership in current.select_related("person").order_by("since", "pk"):
        found.setdefault(membership.person, []).append(Role(membership.role))
    return [TeamMember(person, tuple(held)) for person, held in found.items()]


def memberships_of(person: Party, *, wanted: Iterable[str] | None = None) -> QuerySet[Membership]:
    """Return what a person belongs to today, with the parties; perhaps only in some roles."""
    current = Membership.objects.filter(person=person.pk, until=None)
    if wanted is not None:
        current = current.filter(role__in=list(wanted))
    return current.select_related("party").order_by("party__name", "pk")


def runs(person: Party | None) -> QuerySet[Party]:
    """Return the parties that a person is an admin of."""
    if person is None:
        return Party.objects.none()
    theirs = Membership.objects.filter(person=person.pk, role=Role.ADMIN, until=None)
    return Party.objects.filter(pk__in=theirs.values("party")).order_by("name", "pk")


def organizations_of(person: Party | None) -> QuerySet[Party]:
    """Return the organizations that a person speaks for."""
    return runs(person).filter(kind=Party.Kind.ORGANIZATION)


def only_admin_of(person: Party) -> QuerySet[Party]:
    """Return the parties that would have no admin without this person; what ended needs none."""
    others = Membership.objects.filter(role=Role.ADMIN, until=None).exclude(person=person.pk)
    return runs(person).filter(closed_at=None).exclude(pk__in=others.values("party"))


def login_by_email(email: str) -> Login | None:
    """Return the login with this address, whatever its case."""
    return Login.objects.select_related("person").filter(email__iexact=email.strip()).first()


def contact_email(party: Party) -> str:
    """Return where letters to a person go, or "" where nobody left an address. Private."""
    logins = Login.objects.filter(person=party.pk, is_active=True)
    guests = Party.objects.filter(pk=party.pk)
    return (
        logins.values_list("email", flat=True).first()
        or guests.values_list("contact__email", flat=True).first()
        or ""
    )


def moved_address_lately(login: Login) -> bool:
    """Whether somebody began to sign in with another address within the last three days."""
    moved = Fact.objects.filter(
        subject=f"party:{login.person_id}", kind="person.moved_address",
        at__gt=clock.now() - _NOTICE,
    )  # fmt: skip
    return moved.exists()


def guests_of(email: str) -> QuerySet[Party]:
    """Return the guests who left this address."""
    return Party.objects.filter(contact__email__iexact=email.strip(), login=None, erased_at=None)


def invitation_token(invitation: Invitation) -> str:
    """Return the secret of an invitation's link; it can be made again, so letters can be too."""
    return signing.dumps(invitation.pk, salt=_INVITATION)


def invitation_by_token(token: str) -> Invitation | None:
    """Return the open invitation that a link stands for."""
    try:
        number = signing.loads(token, salt=_INVITATION)
    except signing.BadSignature:
        return None
    still_open = Invitation.objects.filter(accepted_at=None, expires_at__gt=clock.now())
    return still_open.select_related("party", "invited_by").filter(pk=number).first()


def open_invitations(party: Party) -> QuerySet[Invitation]:
    """Return the invitations of a party that nobody has accepted yet."""
    waiting = Invitation.objects.filter(party=party.pk, accepted_at=None)
    return waiting.filter(expires_at__gt=clock.now()).order_by("-pk")


def sign_in_token(login: Login) -> str:
    """Return the secret of a link that signs somebody in once, within ten minutes."""
    return signing.dumps([login.pk, _last(login), clock.now().timestamp()], salt=_SIGN_IN)


def login_by_token(token: str) -> Login | None:
    """Return whom a sign-in link is for, unless it was used or is too old."""
    try:
        number, last, made_at = signing.loads(token, salt=_SIGN_IN)
    except signing.BadSignature:
        return None
    age_s = clock.now().timestamp() - made_at
    login = Login.objects.select_related("person").filter(pk=number, is_active=True).first()
    fresh = 0 <= age_s <= rules.SIGN_IN_LINK_LASTS.total_seconds()
    return login if login and fresh and _last(login) == last else None


def _last(login: Login) -> float | None:
    """Return when somebody last signed in: using a link changes it, so it works once."""
    moment: datetime | None = login.last_login
    return moment.timestamp() if moment else None
