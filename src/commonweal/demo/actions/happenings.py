"""What happens in the demo city: each kind of event, carried out by the actions of real life."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from babel import dates
from PIL import Image, ImageDraw

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective, Theme
from commonweal.demo import rules
from commonweal.demo.actions import monthly
from commonweal.demo.actions.city import City, commune
from commonweal.demo.actions.in_kind import answers
from commonweal.demo.rules import SEED, Event
from commonweal.discovery.queries import drafted, yearly_costs
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import tasks as giving_tasks
from commonweal.giving.models import Contribution, Tier
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosting_queries
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.queries import playbooks as written_down
from commonweal.ledger import actions as ledger
from commonweal.ledger import queries as ledger_queries
from commonweal.ledger.models import Category
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.spending import actions as spending
from commonweal.spending.models import Expense
from commonweal.spending.rules import Item

CURRENCY = "EUR"
_ENOUGH_LINES = 3
_PAID_TOGETHER = timedelta(days=21)


def live_through(city: City, event: Event) -> None:
    """Do what was put off until now, then what happens in this event."""
    city.catch_up(event.at)
    with clock.moved_to(event.at):
        _HAPPENINGS[event.kind](city, event)


def introduce(city: City, event: Event) -> None:
    """Let those whom an event needs come to the city, where they are new."""
    group = city.groups[event.group]
    with clock.moved_to(event.at):
        if event.kind == "start":
            for name in rules.team(group, city.names, SEED):
                city.resident(name)
            monthly.introduce(city, event.group)
        elif event.giver and event.giver.way == "guest":
            city.guest(event.who)
        elif event.kind == "gift":
            city.resident(event.who)
        elif event.kind == "grant":
            city.organization(event.who)
        elif event.kind in {"expense", "file", "agree", "decline"}:
            city.method(*city.payee(event.who, group))
        elif event.kind == "close":
            city.method(*city.payee(rules.HEIR, group))


def _start(city: City, event: Event) -> None:
    group = city.groups[event.group]
    founder = city.resident(event.who)
    place = commune(group.commune)
    themes = list(Theme.objects.filter(slug__in=group.themes))
    collective = collectives.start(
        name=group.name, about=group.about, place=place, themes=themes, by=founder,
        tags=group.tags, language=group.language,
    )  # fmt: skip
    if group.source in city.groups:
        _take_up(collective, group.source, founder)
    collectives.edit(
        collective=collective, by=founder, name=group.name, about=group.about, place=place,
        themes=themes, tags=group.tags, story=group.story.strip(),
    )  # fmt: skip
    crew = rules.team(group, city.names, SEED)
    for name, role in zip(crew[1:], (Role.ADMIN, Role.MEMBER, Role.HELPER), strict=True):
        people.grant(person=city.resident(name), party=collective, role=role, by=founder)
    host = city.hosts[group.host].host
    hosting.apply(collective=collective, host=host, message=group.about, by=founder)
    city.collectives[group.name] = collective


def _take_up(collective: Collective, name: str, founder: Party) -> None:
    source = Collective.objects.get(name=name)
    collectives.note_source(collective=collective, source=source, by=founder)
    costs = yearly_costs(source)
    collectives.plan_costs(collective=collective, costs=costs, by=founder)


def _approve(city: City, event: Event) -> None:
    application = city.collectives[event.group].applications.get()
    hosting.approve(application=application, by=city.host_of(event.group).admin)
    city.collectives[event.group].refresh_from_db()


def _tiers(city: City, event: Event) -> None:
    collective, founder = city.collectives[event.group], city.resident(event.who)
    city.tiers[event.group] = [
        giving.add_tier(
            collective=collective, name=name, amount=Money(euros * 100, CURRENCY), by=founder,
            description=what, flexible=True,
        )
        for name, euros, what in city.groups[event.group].tiers
    ]  # fmt: skip
    monthly.befriend(city, event.group, founder)


def _goal(city: City, event: Event) -> None:
    goal = city.groups[event.group].goal
    assert goal is not None
    title, euros = goal
    collectives.add_goal(
        collective=city.collectives[event.group], title=title, by=city.resident(event.who),
        amount=Money(euros * 100, CURRENCY),
    )  # fmt: skip


def _gift(city: City, event: Event) -> None:
    giver = event.giver
    assert giver is not None
    party = city.guest(giver.name) if giver.way == "guest" else city.resident(giver.name)
    _receive(city, event, party, rail=giver.rail, incognito=giver.way == "incognito")


def _grant(city: City, event: Event) -> None:
    _receive(city, event, city.organization(event.who), rail="transfer")


def _receive(city: City, event: Event, party: Party, *, rail: str, incognito: bool = False) -> None:
    amount = Money(event.minor, CURRENCY)
    speaks = party.members.get(role=Role.ADMIN).person if party.kind == "organization" else party
    is_guest = event.giver is not None and event.giver.way == "guest"
    contribution = giving.pledge(
        collective=city.collectives[event.group], amount=amount, rail=rail, contributor=party,
        given_by=speaks, by=None if is_guest else speaks, incognito=incognito,
        tier=_fitting(city, event),
    )  # fmt: skip
    if rail == "sandbox":
        giving_tasks.begin(contribution)
        giving_tasks.answer(contribution, {"card": "works"})
        return
    accountant = city.host_of(event.group).accountant
    city.put_off(event.group, (0, 3), lambda: _arrive(contribution, amount, accountant))


def _arrive(contribution: Contribution, amount: Money, accountant: Party) -> None:
    giving.confirm_transfer(
        contribution=contribution, amount=amount, arrived_on=clock.today(), by=accountant
    )


def _fitting(city: City, event: Event) -> Tier | None:
    """Return the dearest tier that the amount reaches, for what its giver means to support."""
    reached = [tier for tier in city.tiers[event.group] if tier.amount_minor <= event.minor]
    return max(reached, key=lambda tier: tier.amount_minor) if reached else None


def _plan(city: City, event: Event) -> None:
    """Plan the next edition of what the group does; its name says the month."""
    group, day = city.groups[event.group], event.day
    assert group.series is not None
    assert day is not None
    city.activities[event.group, day] = collectives.plan_activity(
        collective=city.collectives[event.group], kind=Party.Kind.EVENT,
        name=f"{group.series.name}, {dates.format_date(day, 'MMMM y', locale=group.language)}",
        about=group.about, theme=Theme.objects.get(slug=group.series.theme), starts_on=day,
        ends_on=day, series=group.series.name, by=city.resident(event.who),
    )  # fmt: skip


def _over(city: City, event: Event) -> None:
    """Close an edition; the first one rich enough becomes a playbook, if the group learned."""
    assert event.day is not None
    activity, by = city.activities[event.group, event.day], city.resident(event.who)
    activity = collectives.close_activity(
        activity=activity, attendance=event.people, answers=answers(event), by=by
    )
    group, lessons = city.collectives[event.group], city.groups[event.group].lessons
    if not lessons or written_down(group).exists():
        return
    document = drafted(activity)
    if len(document["budget"]) >= _ENOUGH_LINES:
        document["lessons"] = list(lessons)
        knowledge.write_playbook(collective=group, document=document, by=by)


def _expense(city: City, event: Event) -> None:
    expense = _filed(city, event)
    agrees = _other_admin(city, event, expense)
    city.put_off(event.group, (0, 3), lambda: _agree(city, event.group, expense, agrees))


def _waits(city: City, event: Event) -> None:
    """File what an admin has yet to see, or the host has yet to pay."""
    expense = _filed(city, event)
    if event.kind == "agree":
        spending.approve(expense=expense, by=_other_admin(city, event, expense))


def _other_admin(city: City, event: Event, expense: Expense) -> Party:
    crew = rules.team(city.groups[event.group], city.names, SEED)
    admins = [city.resident(name) for name in crew[:2]]
    return next(admin for admin in admins if admin.pk != expense.author_id)


def _filed(city: City, event: Event) -> Expense:
    payee, author = city.payee(event.who, city.groups[event.group])
    category = Category.objects.get(slug=event.category)
    item = Item(event.what, event.at.date(), category.pk, Money(event.minor, CURRENCY))
    kind = Expense.Kind.REIMBURSEMENT if author.pk == payee.pk else Expense.Kind.INVOICE
    expense = spending.file(
        collective=city.collectives[event.group], kind=kind, title=event.what, items=[item],
        by=author, payee=payee, payout_method=city.method(payee, author),
        activity=city.activities[event.group, event.day] if event.day else None,
    )  # fmt: skip
    spending.attach_receipt(
        expense=expense, content=_slip(event.order), name="receipt.png", by=author
    )
    return spending.submit(expense=expense, by=author)


def _agree(city: City, group: str, expense: Expense, agrees: Party) -> None:
    accountant = city.host_of(group).accountant
    spending.approve(expense=expense, by=agrees)
    if clock.today() > city.until - _PAID_TOGETHER:
        return  # what hosts pay together, in `pay_runs`
    if accountant.pk not in {expense.author_id, expense.payee_id}:
        city.put_off(group, (1, 5), lambda: _pay(city, group, expense, accountant))


def _pay(city: City, group: str, expense: Expense, accountant: Party) -> None:
    try:
        expense = spending.pay(expense=expense, by=accountant)
    except ledger.NotEnough:  # a promised gift is late: wait for it, as one would
        city.put_off(group, (4, 9), lambda: _pay(city, group, expense, accountant))
        return
    city.put_off(group, (0, 1), lambda: _paid(expense, accountant))


def _paid(expense: Expense, accountant: Party) -> None:
    reference = f"{clock.today():%Y%m%d}-{expense.number}"
    spending.mark_paid(expense=expense, on=clock.today(), reference=reference, by=accountant)


def _decline(city: City, event: Event) -> None:
    crew = rules.team(city.groups[event.group], city.names, SEED)
    agrees, expense = city.resident(crew[1]), _filed(city, event)
    spending.comment(
        expense=expense, body="Is this for the group, or for the party after?", by=agrees
    )
    city.put_off(
        event.group,
        (1, 2),
        lambda: spending.decline(
            expense=expense, by=agrees,
            reason="Wine is for us to buy ourselves. The glasses you can file again.",
        ),
    )  # fmt: skip


def _refund(city: City, event: Event) -> None:
    """Give back the newest single gift of a group that can still be given back."""
    collective = city.collectives[event.group]
    settled = Contribution.objects.filter(
        collective=collective.pk, status=Contribution.Status.SETTLED, rail="sandbox", standing=""
    ).order_by("-pk")
    gift = settled.first()
    if gift is None:
        raise Refused("There is no gift to give back in this story.")
    giving.refund(contribution=gift, by=city.host_of(event.group).accountant, reason="Given twice")
    giving_tasks.give_back(gift)


def _close(city: City, event: Event) -> None:
    """Hand on what is left, let the host go, and close the group."""
    collective = city.collectives[event.group]
    current = hosting_queries.current(collective)
    assert current is not None
    crew = [city.resident(name) for name in rules.team(city.groups[event.group], city.names, SEED)]
    accountant = city.host_of(event.group).accountant
    left = ledger_queries.balance(hosting_queries.funds_account(current))
    if left:
        gift = replace(
            event,
            minor=left.minor,
            category="gifts-solidarity",
            what="Ce qui reste, pour le quartier",
            who=rules.HEIR,
        )
        expense = _filed(city, gift)
        expense = spending.approve(expense=expense, by=crew[0])
        expense = spending.pay(expense=expense, by=accountant)
        spending.mark_paid(expense=expense, on=clock.today(), reference="solde", by=accountant)
    hosting.leave(hosting=current, by=crew[0])
    collectives.close(collective=collective, by=crew[0])


def _slip(number: int) -> bytes:
    """Draw a receipt: lines of grey, as small as a stamp, and like no other."""
    by, picture = Random(number), Image.new("L", (120, 180), 255)
    pen = ImageDraw.Draw(picture)
    for y in range(24, 180, 13):
        start = by.randrange(10, 60)
        pen.line((start, y, start + by.randrange(8, 50), y), by.randrange(140), 7)
    pen.text((14, 6), f"{number:05d}", 0)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


_HAPPENINGS: dict[str, Callable[[City, Event], None]] = {
    "start": _start,
    "approve": _approve,
    "tiers": _tiers,
    "goal": _goal,
    "gift": _gift,
    "grant": _grant,
    "plan": _plan,
    "expense": _expense,
    "over": _over,
    "file": _waits,
    "agree": _waits,
    "decline": _decline,
    "refund": _refund,
    "close": _close,
}
