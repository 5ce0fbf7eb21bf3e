"""Many at once: each paper has a number of its own, without a gap, and nobody gets two."""

from __future__ import annotations

from commonweal.foundation import clock
from commonweal.giving import actions as giving
from commonweal.giving import queries
from commonweal.papers import actions
from commonweal.papers.models import Paper
from crash import city, gifts
from giving.test_concurrency import AT_ONCE, all_at_once


def arrived(name: str):
    gift = gifts._pledge(name, "transfer")
    return giving.confirm_transfer(
        contribution=gift, amount=gifts.GIFT, arrived_on=clock.today(), by=city.somebody("hana")
    )


def test_papers_drawn_at_the_same_moment_are_numbered_without_a_gap(committed):
    city.found()
    given = [arrived(f"gift {number}") for number in range(AT_ONCE)]

    def draw(number: int) -> Paper:
        gift = given[number]
        charge = queries.charge_of(gift)
        return actions.give_receipt(charge=charge, secret=gift.secret, by=None)

    papers = all_at_once(draw)

    assert sorted(one.number for one in papers) == list(range(1, AT_ONCE + 1))


def test_one_paper_asked_for_by_many_at_once_is_given_out_once(committed):
    city.found()
    gift = arrived("one gift")
    charge = queries.charge_of(gift)

    papers = all_at_once(lambda _: actions.give_receipt(charge=charge, secret=gift.secret, by=None))

    assert {one.pk for one in papers} == {Paper.objects.get().pk}
    assert len({bytes(one.content) for one in papers}) == 1
