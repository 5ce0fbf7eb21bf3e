"""Naming parties and describing them."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock, ids
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people import policies, queries, rules
from commonweal.people.models import OldSlug, Party, Role
from commonweal.places.models import Place

_ATTEMPTS = 5


class SlugTaken(Refused):
    """This address is taken or not possible. Choose another: small letters, digits and dashes."""


@transaction.atomic
def add_party[P: Party](*, model: type[P], name: str, by: Party | None, **facts: Any) -> P:
    """Add a row of `model`, a party or what builds on one, under the best free slug.

    Others may want the same slug at this very moment.
    """
    name = rules.proper_name(name)
    facts = {"created_at": clock.now(), **facts}
    for _ in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                party = model(name=name, slug=queries.free_slug(name), **facts)
                party.save(force_insert=True)
        except IntegrityError as error:
            if "slug" not in str(error):
                raise
        else:
            _tell("party.added", party, by)
            return party
    raise SlugTaken


@transaction.atomic
def create_organization(
    *,
    name: str,
    by: Party,
    legal_form: str = "",
    place: Place | None = None,
    website: str = "",
    about: str = "",
) -> Party:
    """Make an organization, of which its creator is the first admin."""
    if not policies.signs_in(by):
        raise NotAllowed
    party = add_party(
        model=Party, kind=Party.Kind.ORGANIZATION, legal_form=legal_form, name=name, place=place,
        website=website, about=about, language=by.language, by=by,
    )  # fmt: skip
    party.members.create(person=by, role=Role.ADMIN, since=clock.now())
    _tell("organization.created", party, by)
    return party


@transaction.atomic
def edit_profile(
    *,
    party: Party,
    by: Party,
    name: str | None = None,
    about: str | None = None,
    website: str | None = None,
    place: Place | None = None,
    language: str | None = None,
    findable: bool | None = None,
    legal_form: str | None = None,
    rhythm: str | None = None,
) -> Party:
    """Change what a profile says; what is left out stays as it is."""
    if not policies.may_edit(by, party):
        raise NotAllowed
    given = {
        "about": about, "website": website, "place": place, "language": language,
        "findable": findable, "legal_form": legal_form, "rhythm": rhythm,
    }  # fmt: skip
    changes: dict[str, Any] = {field: value for field, value in given.items() if value is not None}
    if name is not None:
        changes["name"] = rules.proper_name(name)
    for field, value in changes.items():
        setattr(party, field, value)
    Party.objects.filter(pk=party.pk).update(**changes)
    _tell("party.edited", party, by, fields=sorted(changes))
    return party


@transaction.atomic
def rename(*, party: Party, name: str, slug: str, by: Party) -> Party:
    """Give a party another name and address; the old address leads to the new one."""
    if not policies.may_edit(by, party):
        raise NotAllowed
    former = Party.objects.select_for_update().get(pk=party.pk).slug
    if slug != former and not queries.is_free(slug, party=party):
        raise SlugTaken
    if slug != former:
        OldSlug.objects.filter(party=party.pk, slug=slug).delete()
        OldSlug.objects.create(party_id=party.pk, slug=former)
    party.name, party.slug = rules.proper_name(name), slug
    Party.objects.filter(pk=party.pk).update(name=party.name, slug=slug)
    _tell("party.renamed", party, by)
    return party


@transaction.atomic
def set_picture(*, party: Party, picture: bytes | None, by: Party | None) -> Party:
    """Show another picture, already made safe, or none; the old file goes."""
    if by is not None and not policies.may_edit(by, party):
        raise NotAllowed
    former = party.picture.name
    if picture is None:
        party.picture = ""
    else:
        party.picture.save(f"{ids.readable(20)}.webp", ContentFile(picture), save=False)
    Party.objects.filter(pk=party.pk).update(picture=party.picture.name or "")
    if former:
        transaction.on_commit(lambda: party.picture.storage.delete(former))
    _tell("party.pictured", party, by)
    return party


def _tell(kind: str, party: Party, by: Party | None, **data: Any) -> None:
    """Record a fact about a party; its edits are nobody else's news."""
    public = kind == "organization.created"
    record(
        kind, subject=f"party:{party.pk}", by=by.pk if by else None,
        party=party.pk, public=public, **data,
    )  # fmt: skip
