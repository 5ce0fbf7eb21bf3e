"""What the head of a page tells others about it: its one address, its picture and its data.

Drafts have no such head: nobody else is to show or find them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.hosting.models import Host
from commonweal.knowledge.models import Playbook, PlaybookVersion, Update
from commonweal.ledger.queries import Totals
from commonweal.people.models import Instance
from commonweal.places.models import Place
from commonweal.web import formats, linked_data
from commonweal.web.costing import Cost
from commonweal.web.linked_data import Data
from commonweal.web.sharing import cards, posters

_LONGEST = 200


@dataclass(frozen=True)
class Head:
    """What is told about a page, with paths of this server."""

    title: str
    description: str
    path: str
    picture: str
    alt: str
    data: tuple[Data, ...]
    kind: str = "website"

    width, height = posters.WIDTH, posters.HEIGHT

    @property
    def address(self) -> str:
        """The one address of this page, whatever else leads to it."""
        return f"{settings.ADDRESS}{self.path}"

    @property
    def image(self) -> str:
        """Where its picture is."""
        return f"{settings.ADDRESS}{self.picture}"

    @property
    def script(self) -> SafeString:
        """The page as data."""
        return linked_data.script(*self.data)


def of_home(place: Place | None, totals: Totals, groups: int, site: Instance) -> Head:
    """Return the head of the first page."""
    version = cards.version(cards.of_place(place, totals, groups, site))
    return Head(
        title=site.name,
        description=_("Groups of citizens, what they raise and what they spend, in the open."),
        path=reverse("discovery:home"),
        picture=reverse("sharing:city_card", args=[version]),
        alt=_budget_of(site.name),
        data=(linked_data.website(site),),
    )


def of_group(group: Collective, totals: Totals, site: Instance) -> Head | None:
    """Return the head of a group's page."""
    if group.published_at is None:
        return None
    version = cards.version(cards.of_group(group, totals, site))
    picture = reverse("sharing:card", args=[group.slug, version])
    return Head(
        title=group.name,
        description=group.about,
        path=_profile(group.slug),
        picture=picture,
        alt=_budget_of(group.name),
        data=(linked_data.group(group, picture), _trail(group)),
    )


def of_host(host: Host) -> Head:
    """Return the head of a host's page."""
    party = host.party
    return Head(
        title=party.name,
        description=_short(party.about),
        path=_profile(party.slug),
        picture=cards.city_lately(),
        alt=_("The open book"),
        data=(linked_data.organization(party), _steps((_("Hosts"), reverse("hosting:hosts")))),
    )


def of_activity(activity: Activity, cost: Cost, site: Instance) -> Head | None:
    """Return the head of the page of an event or a project."""
    if activity.organizer.published_at is None:
        return None
    version = cards.version(cards.of_activity(activity, cost, site))
    picture = reverse("sharing:card", args=[activity.slug, version])
    here = (activity.name, _profile(activity.slug))
    return Head(
        title=activity.name,
        description=_short(activity.about),
        path=here[1],
        picture=picture,
        alt=_budget_of(activity.name),
        data=(linked_data.activity(activity, picture), _trail(activity.organizer, here)),
    )


def of_update(update: Update, group: Collective) -> Head | None:
    """Return the head of the page of an update."""
    if group.published_at is None:
        return None
    picture = cards.lately(group.slug)
    path = reverse("knowledge:update", args=[group.slug, update.number])
    return Head(
        title=update.title,
        description=_short(update.body),
        path=path,
        picture=picture,
        alt=_budget_of(group.name),
        data=(linked_data.posting(update, group, picture), _trail(group, (update.title, path))),
        kind="article",
    )


def of_playbook(playbook: Playbook, version: PlaybookVersion) -> Head | None:
    """Return the head of the page of a playbook."""
    group = playbook.collective
    if group.published_at is None:
        return None
    path = reverse("knowledge:playbook", args=[playbook.slug])
    return Head(
        title=playbook.title,
        description=_short(version.document["purpose"]),
        path=path,
        picture=cards.lately(group.slug),
        alt=_budget_of(group.name),
        data=(linked_data.playbook(playbook, version), _trail(group, (playbook.title, path))),
        kind="article",
    )


def of_place(place: Place, totals: Totals, groups: int, site: Instance) -> Head:
    """Return the head of a place's page."""
    version = cards.version(cards.of_place(place, totals, groups, site))
    name = formats.local(place.names, place.name)
    path = reverse("places:place", args=[place.slug])
    return Head(
        title=_("%(place)s: the open book") % {"place": name},
        description=_("What the groups of %(place)s raised, spent and hold together.")
        % {"place": name},
        path=path,
        picture=reverse("sharing:place_card", args=[place.slug, version]),
        alt=_budget_of(name),
        data=(_steps((name, path)),),
    )


def of_theme(theme: Theme) -> Head:
    """Return the head of the list of groups about a theme."""
    name = collectives.theme_name(theme)
    path = reverse("discovery:theme", args=[theme.slug])
    return Head(
        title=name,
        description=_("Find groups of citizens by theme and place, with their public budgets."),
        path=path,
        picture=cards.city_lately(),
        alt=_("The open book"),
        data=(_steps((_("Explore groups"), reverse("discovery:explore")), (name, path)),),
    )


def of_costs(theme: Theme) -> Head:
    """Return the head of the page that says what a thing costs."""
    name = collectives.theme_name(theme)
    path = reverse("discovery:cost", args=[theme.slug])
    return Head(
        title=_("%(theme)s: what it costs") % {"theme": name},
        description=_("What groups really paid for %(theme)s, from their public books.")
        % {"theme": name},
        path=path,
        picture=cards.city_lately(),
        alt=_("The open book"),
        data=(_steps((_("What does it cost?"), reverse("discovery:costs")), (name, path)),),
    )


def _trail(group: Collective, *further: tuple[str, str]) -> Data:
    """Return the way to a page of a group: through its places."""
    places = [group.place.parent, group.place] if group.place else []
    steps = [
        (formats.local(one.names, one.name), reverse("places:place", args=[one.slug]))
        for one in places
        if one
    ]
    return _steps(*steps, (group.name, _profile(group.slug)), *further)


def _steps(*steps: tuple[str, str]) -> Data:
    return linked_data.trail(*steps)


def _profile(slug: str) -> str:
    return reverse("people:profile", args=[slug])


def _budget_of(name: str) -> str:
    return _("%(name)s: what came in, what went out and what is left.") % {"name": name}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
