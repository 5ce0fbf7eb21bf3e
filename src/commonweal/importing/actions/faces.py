"""Who stands behind the profiles of an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.collectives.models import Collective
from commonweal.foundation import ids, text
from commonweal.importing.models import Profile
from commonweal.importing.rules.export import Row
from commonweal.people.models import Party
from commonweal.people.rules import LONGEST_NAME


class Faces:
    """The party of each row: the same one wherever the same profile appears, in any export."""

    def __init__(self, collective: Collective, rows: Iterable[Row]) -> None:
        """Find the parties of these rows, and make guests of those who are new here."""
        self._collective = collective
        newest = {self._key(row): row for row in rows}
        known = Profile.objects.select_related("party__claimed_by").in_bulk(list(newest))
        self._parties: dict[UUID, Party] = {
            key: profile.party.claimed_by or profile.party for key, profile in known.items()
        }
        self.made = self._make({key: row for key, row in newest.items() if key not in known})

    def party(self, row: Row) -> Party:
        """Return who gave or was paid."""
        return self._parties[self._key(row)]

    def _key(self, row: Row) -> UUID:
        """Tell profiles apart by address; without one, by name within the collective."""
        if row.profile:
            return ids.key("open-collective-profile", row.profile)
        return ids.key("open-collective-name", self._collective.pk, row.name)

    def _make(self, rows: Mapping[UUID, Row]) -> int:
        guests = [_guest(row) for row in rows.values()]
        Party.objects.bulk_create(guests, batch_size=1000)
        self._parties |= dict(zip(rows, guests, strict=True))
        Profile.objects.bulk_create(
            (Profile(key=key, party=self._parties[key]) for key in rows), batch_size=1000
        )
        return len(guests)


def _guest(row: Row) -> Party:
    """Return a person without a login; plain addresses stay free for people who come themselves."""
    name = row.name[:LONGEST_NAME] or _("Somebody")
    slug = f"{text.slug(name, longest=40) or 'guest'}-{ids.readable()}"
    return Party(kind=Party.Kind.PERSON, slug=slug, name=name, created_at=row.at)
