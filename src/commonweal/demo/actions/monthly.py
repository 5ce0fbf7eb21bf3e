"""Neighbours who give each month: by card and by standing order, through the same engine."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from random import Random

from commonweal.demo.actions.city import City
from commonweal.demo.rules import SEED
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.giving import tasks as giving_tasks
from commonweal.giving.models import Contribution, Standing, Tier
from commonweal.people.models import Party

_CURRENCY = "EUR"
_SINCE = timedelta(days=215)
# What each group's friends give, how they pay, and for how many of the last days nothing came.
_FRIENDS = {
    "Repair Café Marolles": [(10_00, "works", 0), (5_00, "transfer", 0), (8_00, "transfer", 110)],
    "Soup Sunday": [(5_00, "transfer", 0), (12_50, "slow", 0)],
    "Night Library": [(6_00, "once", 0), (15_00, "transfer", 0)],
    "Code Club Canal": [(5_00, "works", 0)],
}


def introduce(city: City, group: str) -> None:
    """Let those who will give each month be known before anything happens."""
    for number, _ in enumerate(_FRIENDS.get(group, ())):
        _friend(city, group, number)


def befriend(city: City, group: str, founder: Party) -> None:
    """Offer a monthly way of giving, and let friends of a group take it up later."""
    friends = _FRIENDS.get(group, [])
    if not friends:
        return
    tier = giving.add_tier(
        collective=city.collectives[group], name="Friend", amount=Money(5_00, _CURRENCY),
        by=founder, interval="month", flexible=True,
        description="A little each month, so that the rent is never a question.",
    )  # fmt: skip
    first = max(city.until - _SINCE, clock.today() + timedelta(days=30))
    for number, (minor, way, silent) in enumerate(friends):
        begin = partial(_begin, city, group, number, tier=tier, minor=minor, way=way, silent=silent)
        city.plan(first + timedelta(days=9 * number), begin)


def _begin(
    city: City, group: str, number: int, *, tier: Tier, minor: int, way: str, silent: int
) -> None:
    friend = _friend(city, group, number)
    gift = giving.pledge(
        collective=city.collectives[group], amount=Money(minor, _CURRENCY), tier=tier,
        rail="transfer" if way == "transfer" else "sandbox", interval="month",
        contributor=friend, given_by=friend, by=friend,
    )  # fmt: skip
    giving_tasks.begin(gift)
    if way == "transfer":
        _arrives(city, group, gift, city.until - timedelta(days=silent))
    else:
        giving_tasks.answer(gift, {"card": way})
        _goes_on(city, gift)


def _arrives(city: City, group: str, gift: Contribution, last: date) -> None:
    """See the money of a standing order, now and each month until a day; then miss it."""
    today = clock.today()
    if today <= last:
        giving.confirm_transfer(
            contribution=gift, amount=Money(gift.amount_minor, _CURRENCY), arrived_on=today,
            by=city.host_of(group).accountant,
        )  # fmt: skip
    else:
        giving.miss(contribution=gift, by=None)
    late = Random(f"{SEED} {gift.contributor_id} {today}").randint(30, 31)
    city.plan(today + timedelta(days=late), partial(_arrives, city, group, gift, last))


def _goes_on(city: City, gift: Contribution) -> None:
    """Ask a card for what is due, and plan the next day on which something is."""
    while charge := giving.bill(contribution=gift, by=None):
        giving_tasks.begin_charge(charge)
    declined = giving_queries.declined(gift)
    if declined and declined.again_on and declined.again_on <= clock.today():
        giving_tasks.begin_charge(giving.try_again(charge=declined, by=None))
    fresh = Contribution.objects.get(pk=gift.pk)
    declined = giving_queries.declined(fresh)
    days = [fresh.next_due_on, declined.again_on if declined else None]
    ahead = [day for day in days if day and day > clock.today()]
    if fresh.standing == Standing.ON and ahead:
        city.plan(min(ahead), partial(_goes_on, city, gift))


def _friend(city: City, group: str, number: int) -> Party:
    names = Random(f"{SEED} friends {group}").sample(city.names, 5)
    return city.resident(names[number])
