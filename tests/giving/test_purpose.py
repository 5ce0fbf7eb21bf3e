"""Gifts for one thing that a group does."""

from datetime import date

import pytest

from commonweal.collectives import actions as collectives
from commonweal.foundation import clock
from commonweal.giving import actions
from commonweal.giving.models import Contribution
from commonweal.ledger.models import Transaction


@pytest.fixture
def swap(gardens, bob):
    """Plan a seed swap of Gardens."""
    day = date(2026, 3, 14)
    return collectives.plan_activity(
        collective=gardens, kind="event", name="Seed swap", starts_on=day, ends_on=day, by=bob
    )


def test_a_gift_for_an_activity_carries_its_mark_into_the_ledger(arrived, swap, hana):
    gift = arrived(activity=swap)
    actions.refund(contribution=gift, by=hana)

    marked = Transaction.objects.filter(refs__activity=str(swap.pk))
    assert sorted(marked.values_list("kind", "refs__contribution")) == [
        (1, gift.public_id), (6, gift.public_id), (9, gift.public_id),
    ]  # fmt: skip


def test_a_gift_for_nothing_in_particular_carries_no_mark(arrived):
    arrived()

    assert not Transaction.objects.filter(refs__has_key="activity").exists()


def test_nobody_gives_for_what_is_over_or_what_others_do(promised, swap, seedlings, bob):
    today = clock.today()
    theirs = collectives.plan_activity(
        collective=seedlings, kind="event", name="Sowing", starts_on=today, ends_on=today, by=bob
    )
    over = collectives.close_activity(activity=swap, attendance=None, by=bob)

    for activity in (theirs, over):
        with pytest.raises(actions.NotForThis):
            promised(activity=activity)
    assert not Contribution.objects.exists()
