"""What is left to do before a group can be given to, and how tags are read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.collectives import rules
from commonweal.collectives.rules import Progress

NOTHING = Progress(
    has_host=False, has_asked=False, has_story=False, has_picture=False, has_tier=False,
    has_goal=False, people=1,
)  # fmt: skip


def done(progress: Progress) -> list[str]:
    return [step for step, is_done in rules.checklist(progress) if is_done]


def test_a_new_group_has_everything_to_do() -> None:
    steps = [step for step, _ in rules.checklist(NOTHING)]

    assert steps == ["host", "story", "tier", "goal", "people", "picture"]
    assert done(NOTHING) == []


@pytest.mark.parametrize("step", ["host", "story", "tier", "goal", "picture"])
def test_a_step_is_done_by_itself(step: str) -> None:
    assert done(replace(NOTHING, **{f"has_{step}": True})) == [step]


def test_to_have_asked_a_host_is_not_to_have_one() -> None:
    assert done(replace(NOTHING, has_asked=True)) == []


@pytest.mark.parametrize(("people", "is_done"), [(0, False), (1, False), (2, True), (9, True)])
def test_it_takes_two_people(people: int, *, is_done: bool) -> None:
    assert ("people" in done(replace(NOTHING, people=people))) is is_done


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        (" , ,, ", []),
        ("Bees, bees ,BEES", ["bees"]),
        ("city   farm, Soil", ["city farm", "soil"]),
        ("x" * 40, ["x" * 30]),
        ("x" * 29 + " yz," + "x" * 29, ["x" * 29]),
    ],
)
def test_tags_are_read_as_people_type_them(typed: str, read: list[str]) -> None:
    assert rules.tags(typed) == read


@given(st.text(max_size=600))
def test_tags_are_few_short_and_different(typed: str) -> None:
    read = rules.tags(typed)

    assert len(read) <= rules.MOST_TAGS
    assert len(set(read)) == len(read)
    assert all(0 < len(tag) <= 30 and "," not in tag and tag == tag.strip() for tag in read)
