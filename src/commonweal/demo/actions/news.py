"""What the groups of the demo city tell, and who follows them how often."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib import resources
from io import BytesIO
from itertools import cycle
from typing import Any

from PIL import Image, ImageDraw

from commonweal.collectives.models import Collective
from commonweal.demo import rules
from commonweal.demo.actions.city import City
from commonweal.foundation import clock
from commonweal.knowledge import actions as knowledge
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.people.queries import admins

_FOLLOWERS = 12
_RHYTHMS = (Party.Rhythm.AT_ONCE, Party.Rhythm.WEEKLY, Party.Rhythm.AT_ONCE, Party.Rhythm.NEVER)
_COLOURS = ("#fbd314", "#2751b8", "#e94937", "#0e8050", "#96d5f1", "#ffb7bc")


def tell(city: City) -> None:
    """Let groups tell what is in the file, and some residents follow them, each in their rhythm."""
    source = resources.files("commonweal.demo").joinpath("data/updates.toml")
    told = tomllib.loads(source.read_text(encoding="utf-8"))["update"]
    names = [one["group"] for one in told]
    groups = {
        group.name: group
        for group in Collective.objects.filter(name__in=names, published_at__isnull=False)
    }
    with clock.moved_to(rules.instant(city.until - timedelta(days=30))):
        _follow(city, list(groups.values()))
    for one in told:
        if one["group"] in groups:
            with clock.moved_to(rules.instant(city.until - timedelta(days=one["ago"]))):
                _publish(groups[one["group"]], one)


def _follow(city: City, groups: list[Collective]) -> None:
    for name, rhythm in zip(sorted(city.residents)[:_FOLLOWERS], cycle(_RHYTHMS), strict=False):
        person = city.residents[name]
        for group in groups:
            people.grant(person=person, party=group.party, role=Role.FOLLOWER, by=person)
        people.edit_profile(party=person, rhythm=rhythm, by=person)


def _publish(group: Collective, told: dict[str, Any]) -> None:
    by = admins(group)[0]
    update = knowledge.write_update(collective=group, title=told["title"], body=told["body"], by=by)
    if "picture" in told:
        content = _drawn(told["picture"])
        knowledge.add_picture(update=update, content=content, alt=told["alt"], by=by)
    knowledge.publish_update(update=update, by=by)


def _drawn(what: str) -> bytes:
    """Draw rows of beds, jars or wheels: nobody has photographs of a city that is made up."""
    picture = Image.new("RGB", (1200, 800), "#f2f5ec")
    on = ImageDraw.Draw(picture)
    colours = cycle(_COLOURS)
    for top in range(60, 760, 240):
        for left in range(60, 1100, 280):
            box = (left, top, left + 220, top + 190)
            if what == "beds":
                _bed(on, box)
            elif what == "jars":
                on.rounded_rectangle(box, 30, "#fdfefb", "#141c30", 6)
                on.rounded_rectangle(
                    (left + 14, top + 60, left + 206, top + 176), 22, next(colours)
                )
            else:
                on.ellipse((*box[:2], left + 190, top + 190), None, "#141c30", 16)
                on.ellipse((left + 70, top + 70, left + 120, top + 120), next(colours))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _bed(on: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    on.rounded_rectangle(box, 12, "#8a5a3b")
    for top in range(box[1] + 30, box[3] - 20, 50):
        for left in range(box[0] + 25, box[2] - 20, 45):
            on.ellipse((left, top, left + 28, top + 28), "#0e8050")
