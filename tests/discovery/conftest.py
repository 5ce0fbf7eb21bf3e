"""Groups that are there to be found."""

from collections.abc import Callable

import pytest

from commonweal.activity.actions import record
from commonweal.collectives.models import Collective
from commonweal.demo import queries as demo
from commonweal.demo.actions.city import commune
from commonweal.discovery.actions import list_anew
from commonweal.foundation import clock


@pytest.fixture
def listed() -> Callable[[], None]:
    """Return how to list anew whatever something happened to."""

    def catch_up() -> None:
        while list_anew():
            pass

    return catch_up


@pytest.fixture
def city(listed: Callable[[], None]) -> None:
    """Have the groups of the demo city listed."""
    for told in demo.groups():
        group = Collective.objects.create(
            kind="collective", slug=demo.text.slug(told.name), name=told.name, about=told.about,
            place=commune(told.commune), tags=list(told.tags), story=told.story, status="active",
            created_at=clock.now(), published_at=clock.now(),
        )  # fmt: skip
        group.themes.set(told.themes)
        record("collective.published", subject=f"collective:{group.pk}", by=None, party=group.pk)
    listed()
