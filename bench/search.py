"""Finding: time and queries of the list, among 200 groups and among 20,000 with all they tell."""

from __future__ import annotations

import time
from random import Random
from statistics import median

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.activity.models import Fact
from commonweal.collectives.models import Activity, Collective
from commonweal.demo import queries as demo
from commonweal.discovery.actions import list_anew
from commonweal.foundation import clock, text
from commonweal.knowledge.models import Playbook, PlaybookVersion, Update
from commonweal.people.models import Party
from commonweal.places.models import Place

SIZES = (200, 20_000)
ROUNDS = 21
CITIES = 40
QUESTIONS = {
    "all, newest first": "/explore",
    "one common word": "/explore?q=café",
    "two words": "/explore?q=café+réparation",
    "a word and a city": "/explore?q=moestuin+Bruxelles",
    "a word of Dutch, joined": "/explore?q=buurtmoestuin",
    "two mistyped words": "/explore?q=repiar+caffe",
    "a whole sentence": "/explore?q=I+want+to+start+a+vegetable+garden+in+Brussels",
    "theme, 25 km around": "/explore?theme=repair-cafe&place=brussels&km=25&sort=pot",
    "things they do, a word": "/explore?kind=activities&q=café",
    "updates, newest first": "/explore?kind=updates",
    "updates, two words": "/explore?kind=updates&q=café+réparation",
    "updates, mistyped": "/explore?kind=updates&q=repiar+caffe",
    "playbooks, a word": "/explore?kind=playbooks&q=moestuin",
    "people, a word": "/explore?kind=people&q=house",
}
# In a thousand groups, how many have an update, an activity and a playbook.
UPDATES, ACTIVITIES, PLAYBOOKS = 1000, 500, 100
LONG = 6  # purposes in the body of an update


def run(*, quick: bool) -> list[dict[str, object]]:
    """Measure each question at each size; the last column is how much slower the larger one is."""
    figures: list[dict[str, object]] = []
    small: dict[str, float] = {}
    for size in (200, 2_000) if quick else SIZES:
        grow(size)
        for name, address in QUESTIONS.items():
            ms, queries = measured(address)
            small.setdefault(name, ms)
            figures.append({
                "question": name, "groups": size, "ms": round(ms, 1), "queries": queries,
                "against few groups": round(ms / small[name], 2),
            })  # fmt: skip
    return figures


def grow(size: int) -> None:
    """Let there be `size` groups that tell things, in words of the demo city, in forty cities."""
    draw = Random(size)
    told = demo.groups()
    cities = list(Place.objects.filter(country="BE").order_by("-population")[:CITIES])
    begin = Collective.objects.count()
    author = Party.objects.create(kind="person", slug=f"author-{size}", name="Author",
                                  created_at=clock.now())  # fmt: skip
    for number in range(begin, size):
        one, other = draw.choice(told), draw.choice(told)
        place = draw.choice(cities)
        name = f"{one.name.split()[0]} {other.name.split()[-1]} {place.name} {number}"
        now = clock.now()
        group = Collective.objects.create(
            kind="collective", slug=text.slug(name), name=name, about=f"{one.about} {other.about}",
            place=place, tags=list(other.tags), status="active", created_at=now, published_at=now,
        )  # fmt: skip
        group.themes.set(one.themes)
        tells(group, number, author, [one.about for one in draw.sample(told, LONG)])
        Fact.objects.create(
            at=now, kind="collective.published", subject=f"party:{group.pk}", party_id=group.pk
        )
    while list_anew():
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def tells(group: Collective, number: int, author: Party, said: list[str]) -> None:
    """Let a group have an update, and some also an activity and a playbook."""
    now, of_thousand = clock.now(), number * 7 % 1000
    if of_thousand < UPDATES:
        Update.objects.create(
            collective=group, number=1, title=said[0], body=" ".join(said), author=author,
            created_at=now, published_at=now,
        )  # fmt: skip
    if of_thousand < ACTIVITIES:
        Activity.objects.create(
            kind="event", slug=f"{group.slug}-event", name=said[1], about=said[2],
            organizer=group, starts_on=now.date(), ends_on=now.date(), created_at=now,
        )  # fmt: skip
    if of_thousand < PLAYBOOKS:
        book = Playbook.objects.create(
            collective=group, slug=f"{group.slug}-book", title=said[3], created_at=now
        )
        document = {"purpose": " ".join(said), "checklist": [], "roles": [], "lessons": []}
        PlaybookVersion.objects.create(
            playbook=book, number=1, document=document, by=author, at=now
        )


def measured(address: str) -> tuple[float, int]:
    """Return the median time of a page in ms, and how many queries it makes."""
    client = Client()
    reset_queries()  # a full log counts no more
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return median(times), len(asked)
