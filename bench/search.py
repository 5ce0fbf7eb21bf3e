"""Finding groups: time and queries of the list of groups, among 200 of them and among 20,000."""

from __future__ import annotations

import time
from random import Random
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.activity.models import Fact
from commonweal.collectives.models import Collective
from commonweal.demo import queries as demo
from commonweal.discovery.actions import list_anew
from commonweal.foundation import clock, text
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
}


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
    """Let there be `size` groups, made of the words of the demo city, in forty cities."""
    draw = Random(size)
    told = demo.groups()
    cities = list(Place.objects.filter(country="BE").order_by("-population")[:CITIES])
    for number in range(Collective.objects.count(), size):
        one, other = draw.choice(told), draw.choice(told)
        place = draw.choice(cities)
        name = f"{one.name.split()[0]} {other.name.split()[-1]} {place.name} {number}"
        now = clock.now()
        group = Collective.objects.create(
            kind="collective", slug=text.slug(name), name=name, about=f"{one.about} {other.about}",
            place=place, tags=list(other.tags), status="active", created_at=now, published_at=now,
        )  # fmt: skip
        group.themes.set(one.themes)
        Fact.objects.create(
            at=now, kind="collective.published", subject=f"collective:{group.pk}", party_id=group.pk
        )
    while list_anew():
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def measured(address: str) -> tuple[float, int]:
    """Return the median time of a page in ms, and how many queries it makes."""
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return median(times), len(asked)
