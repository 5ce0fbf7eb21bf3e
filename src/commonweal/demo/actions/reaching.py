"""Who in the demo city wishes to be asked, what groups ask, and what they answer."""

from __future__ import annotations

from datetime import timedelta

from commonweal.collectives.models import Collective
from commonweal.demo import queries, rules
from commonweal.demo.actions.city import City, commune
from commonweal.demo.queries import AskData, WishData
from commonweal.demo.rules import SEED
from commonweal.discovery.queries import might_back
from commonweal.foundation import clock
from commonweal.giving.models import Support
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.models import Wish
from commonweal.knowledge.rules import Terms
from commonweal.people.models import Party, Role


def reach_out(city: City) -> None:
    """Let some wish to be asked, and two groups ask; all of it once the groups are listed."""
    end = rules.instant(city.until)
    with clock.moved_to(end - timedelta(days=40)):
        for wish in queries.wishes():
            _wish(city, wish)
    for ask in queries.asks():
        # Groups were started by other processes, so this one looks them up.
        group = Collective.objects.select_related("place").filter(name=ask.group).first()
        if group is not None:
            _ask(city, ask, group)


def _wish(city: City, wish: WishData) -> None:
    party = city.organization(wish.who) if wish.who else _giver(wish.themes[0])
    if party is None:
        return
    terms = Terms(
        from_whom=wish.from_whom, gives=wish.gives, themes=wish.themes, within_km=5,
        sentence=wish.sentence, most_a_month=wish.most_a_month, shown=True,
    )  # fmt: skip
    by = party.members.get(role=Role.ADMIN).person if wish.who else party
    place = commune(wish.place) if wish.place else None
    knowledge.open_wish(party=party, terms=terms, place=place, by=by)


def _giver(theme: str) -> Party | None:
    """Return who gave most, under their name, to groups about a theme, and wishes nothing yet."""
    named = Support.objects.filter(
        incognito=False, collective__themes=theme, contributor__kind=Party.Kind.PERSON,
        contributor__login__isnull=False, contributor__wish=None,
    )  # fmt: skip
    found = named.select_related("contributor").order_by("-total_minor", "contributor__slug")
    first = found.first()
    return first.contributor if first else None


def _ask(city: City, ask: AskData, group: Collective) -> None:
    """Write to a person who might back a group; they answer the next day."""
    founder = city.resident(rules.team(city.groups[ask.group], city.names, SEED)[0])
    end = rules.instant(city.until)
    with clock.moved_to(end - timedelta(days=6)):
        themes = list(group.themes.values_list("slug", flat=True))
        people = (one.party for one in might_back(group, themes) if _is_for_help(one.wish))
        whom = next(people, None)
        if whom is None:
            return
        letter = knowledge.ask(collective=group, whom=whom, words=ask.words.strip(), by=founder)
    with clock.moved_to(end - timedelta(days=5)):
        knowledge.answer_ask(ask=letter, words=ask.answer, by=whom)


def _is_for_help(wish: Wish) -> bool:
    return wish.party.kind == Party.Kind.PERSON and Wish.Gives.TIME in wish.gives
