"""Facts are written once and never changed."""

import pytest

from commonweal.activity import actions, queries

pytestmark = pytest.mark.django_db


def test_a_timeline_tells_what_happened_in_order() -> None:
    actions.record("expense.submitted", subject="expense:1", by=7, party=3)
    actions.record("expense.approved", subject="expense:1", by=8, party=3, note="Thanks")
    actions.record("expense.submitted", subject="expense:2", by=7, party=3)

    facts = queries.timeline("expense:1")

    assert [(fact.kind, fact.by_id, fact.note) for fact in facts] == [
        ("expense.submitted", 7, ""),
        ("expense.approved", 8, "Thanks"),
    ]


def test_private_facts_are_told_only_when_asked_for() -> None:
    actions.record("account.seen", subject="expense:1", by=8, public=False)

    assert not queries.timeline("expense:1").exists()
    assert queries.timeline("expense:1", private=True).count() == 1


def test_the_news_of_a_party_is_newest_first_and_public() -> None:
    actions.record("update.posted", subject="update:1", by=1, party=3)
    actions.record("update.hidden", subject="update:2", by=1, party=3, public=False)
    actions.record("update.posted", subject="update:3", by=1, party=3)

    assert [fact.subject for fact in queries.news(3)] == ["update:3", "update:1"]
