"""Playbooks: what is read, what is refused, and how versions follow each other."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import actions, queries, rules
from commonweal.knowledge.rules import Document
from commonweal.people.models import Party

SWAP: Document = {
    "format": rules.FORMAT, "title": "Seed swap", "purpose": "Seeds for all 🌱.",
    "language": "en", "license": "CC-BY-4.0", "theme": "community-garden", "authors": ["Gardens"],
    "people": 40, "currency": "EUR",
    "checklist": [{"days": -30, "what": "Ask for the room"}, {"days": 1, "what": "Say thank you"}],
    "roles": [{"name": "Host", "people": 2, "hours": 4, "what": "Opens the door"}],
    "budget": [
        {"what": "Room", "category": "venue", "quantity": 1, "unit_price": 60_00,
         "driver": "fixed"},
        {"what": "Tea", "category": "food-drink", "quantity": 2, "unit_price": 50,
         "driver": "person"},
    ],
    "tiers": [{"name": "Seed", "amount": 5_00, "what": ""}], "sponsors": ["Pots"],
    "legal": [{"country": "BE", "what": "Tell the commune."}], "lessons": ["Label the seeds."],
}  # fmt: skip


def file(**other: Any) -> bytes:
    return json.dumps(SWAP | other).encode()


def test_the_published_schema_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(rules.schema()))


def test_the_same_playbook_is_always_the_same_bytes() -> None:
    shuffled = json.dumps(dict(reversed(SWAP.items())), indent=4).encode()

    assert rules.written(rules.read(shuffled)) == rules.written(rules.read(rules.written(SWAP)))
    assert "🌱".encode() in rules.written(SWAP)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b"[]",
        b"null",
        b"{}",
        b'{"format": "commonweal-playbook/1"}',
        file(format="commonweal-playbook/2"),
        file(more="is not in it"),
        file(title=""),
        file(title="   "),
        file(title="two\nlines"),
        file(title="ends with a line\n"),
        file(title="nul\x00"),
        file(title="half a sign \ud83c"),
        file(title="x" * 301),
        file(people=1.0),
        file(people=True),
        file(people=10**30),
        file(language="en\n"),
        file(authors=[]),
        file(budget=[SWAP["budget"][0] | {"unit_price": -1}]),
        file(budget=[SWAP["budget"][0] | {"unit_price": 0.5}]),
        file(budget=[SWAP["budget"][0] | {"category": "to-my-friend"}]),
        file(lessons=["x"] * 51),
        file(people=float("nan")),
        file().replace(b'"people": 40', b'"people": 40, "people": 41'),
        b" " * (rules.LARGEST + 1),
    ],
)
def test_a_hostile_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        rules.read(content)
    assert len(str(refused.value)) < 300


def test_what_is_wrong_is_said_with_its_place() -> None:
    with pytest.raises(Refused, match="budget 2 quantity"):
        rules.read(file(budget=[SWAP["budget"][0], SWAP["budget"][1] | {"quantity": 0}]))


def test_a_budget_counts_what_each_person_needs() -> None:
    assert rules.costs_by_category(SWAP, 40) == {"venue": 60_00, "food-drink": 40_00}
    assert rules.costs_by_category(SWAP, 80) == {"venue": 60_00, "food-drink": 80_00}


def test_what_changed_can_be_read() -> None:
    after = copy.deepcopy(SWAP)
    after["lessons"] = ["Label the seeds, twice."]

    told = rules.differences(SWAP, after)

    assert ("-", "lessons: Label the seeds.") in told
    assert ("+", "lessons: Label the seeds, twice.") in told
    assert not [line for sign, line in told if sign != " " and "Room" in line]
    assert rules.differences(SWAP, SWAP) == []


def test_each_change_is_a_new_version_and_the_old_ones_stay(
    gardens: Collective, bob: Party
) -> None:
    playbook = actions.write_playbook(collective=gardens, document=SWAP, by=bob)
    changed = SWAP | {"title": "Seed and plant swap", "theme": "not-one-of-ours"}

    same = actions.edit_playbook(playbook=playbook, document=SWAP, seen=1, by=bob)
    edited = actions.edit_playbook(
        playbook=playbook, document=changed, seen=1, changed=" Plants\ntoo ", by=bob
    )

    assert (same.latest, edited.latest, edited.title) == (1, 2, "Seed and plant swap")
    assert edited.theme is None
    newest, first = queries.versions(edited)
    assert (newest.document, newest.changed, first.document) == (changed, "Plants too", SWAP)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.edit_playbook(playbook=playbook, document=SWAP, seen=1, by=bob)


def test_playbooks_of_one_title_have_addresses_of_their_own(
    gardens: Collective, seedlings: Collective, bob: Party
) -> None:
    slugs = [
        actions.write_playbook(collective=group, document=SWAP, by=bob).slug
        for group in (gardens, seedlings, gardens)
    ]

    assert slugs == ["seed-swap", "seed-swap-2", "seed-swap-3"]
    assert [one.slug for one in queries.public_playbooks()] == ["seed-swap-3", "seed-swap"]


def test_who_does_not_write_for_a_group_writes_no_playbook(gardens: Collective, dan: Party) -> None:
    with pytest.raises(NotAllowed):
        actions.write_playbook(collective=gardens, document=SWAP, by=dan)


def test_a_removed_one_is_gone_and_stays_so(gardens: Collective, bob: Party) -> None:
    playbook = actions.write_playbook(collective=gardens, document=SWAP, by=bob)

    actions.remove_playbook(playbook=playbook, by=bob)

    assert queries.playbook("seed-swap") is None
    assert list(queries.playbooks(gardens)) == []
    with pytest.raises(actions.Removed):
        actions.edit_playbook(playbook=playbook, document=SWAP, seen=1, by=bob)
