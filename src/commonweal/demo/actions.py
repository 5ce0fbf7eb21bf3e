"""Building the demo city: the plan is carried out by the same actions as real life."""

from __future__ import annotations

import heapq
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from PIL import Image, ImageDraw
from schwifty import IBAN

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective, Theme
from commonweal.demo import queries, rules
from commonweal.demo.rules import Event, Group
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import tasks as giving_tasks
from commonweal.giving.models import Contribution, Tier
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosting_queries
from commonweal.hosting.models import Host
from commonweal.ledger import actions as ledger
from commonweal.ledger import queries as ledger_queries
from commonweal.ledger.models import Category
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place
from commonweal.spending import actions as spending
from commonweal.spending.models import Expense
from commonweal.spending.rules import Item

SEED = rules.SEED
RESIDENTS = rules.RESIDENTS
CURRENCY = "EUR"

Progress = Callable[[int, int, str], None]


def build(*, progress: Progress, until: date | None = None) -> None:
    """Load the city, with three years that end on a day, by default yesterday.

    The same day gives the same city. Takes about a minute; a city half loaded is for the caller
    to clear away.
    """
    until = until or clock.today() - timedelta(days=1)
    names = rules.people(*queries.names(), RESIDENTS, SEED)
    groups = queries.groups()
    plan = rules.plan(groups, names, until, SEED)
    city = City(names=names, groups={group.name: group for group in groups}, until=until)
    city.open()
    for done, event in enumerate(plan):
        city.live_through(event)
        progress(done, len(plan) + 1, event.group)
    city.finish()
    while ledger.advance():
        pass
    progress(len(plan) + 1, len(plan) + 1, "")


@dataclass
class _Hosting:
    host: Host
    admin: Party
    accountant: Party


@dataclass
class City:
    """What has been built so far, and what is still to be done later in the story."""

    names: list[str]
    groups: dict[str, Group]
    until: date
    residents: dict[str, Party] = field(default_factory=dict)
    organizations: dict[str, Party] = field(default_factory=dict)
    hosts: dict[str, _Hosting] = field(default_factory=dict)
    collectives: dict[str, Collective] = field(default_factory=dict)
    tiers: dict[str, list[Tier]] = field(default_factory=dict)
    later: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    draw: Random = field(default_factory=lambda: Random(SEED))
    paper: int = 0

    def open(self) -> None:
        """Let hosts begin, four months before the first group."""
        opening = rules.instant(self.until - rules.EARLIEST - timedelta(days=120))
        with clock.moved_to(opening):
            hosts = queries.hosts()
            first = hosts[0].team[0][0]
            login = people.set_up(
                name="Commonweal Brussels", admin_name=first, admin_email=queries.email(first),
                place=Place.objects.get(slug="brussels"),
                run_by="Pot Commun ASBL, rue Haute 118, 1000 Brussels",
            )  # fmt: skip
            self.residents[first] = login.person
            for data in hosts:
                self._open_host(data)

    def live_through(self, event: Event) -> None:
        """Do what was put off until now, then what happens in this event."""
        self._catch_up(event.at)
        with clock.moved_to(event.at):
            _HAPPENINGS[event.kind](self, event)

    def finish(self) -> None:
        """Do what was put off and still falls before the end; the rest waits on the desks."""
        self._catch_up(rules.instant(self.until) + timedelta(days=1))

    def _catch_up(self, now: datetime) -> None:
        while self.later and self.later[0][0] <= now:
            at, _, happens = heapq.heappop(self.later)
            with clock.moved_to(at):
                happens()

    def put_off(self, days: tuple[int, int], happens: Callable[[], object]) -> None:
        """Do something a few days from now, at an hour when people are awake."""
        at = clock.now() + timedelta(
            days=self.draw.randint(*days), minutes=self.draw.randint(5, 90)
        )
        heapq.heappush(self.later, (at, next(self.numbers), happens))

    def resident(self, name: str) -> Party:
        """Return a person of the city, who signs up when first needed."""
        if name not in self.residents:
            login = people.sign_up(email=queries.email(name), name=name)
            self.residents[name] = login.person
        return self.residents[name]

    def organization(self, name: str) -> Party:
        """Return a company, shop or commune; somebody there speaks for it."""
        if name not in self.organizations:
            speaker = self.resident(Random(f"{SEED} {name}").choice(self.names))
            self.organizations[name] = people.create_organization(name=name, by=speaker)
        return self.organizations[name]

    def host_of(self, event: Event) -> _Hosting:
        """Return who holds the money of the group of an event."""
        return self.hosts[self.groups[event.group].host]

    def _open_host(self, data: queries.HostData) -> None:
        admin, accountant = (self.resident(name) for name, _ in data.team)
        organization = people.create_organization(
            name=data.name, by=admin, place=_commune(data.commune), about=data.about
        )
        number = IBAN.generate("BE", bank_code=data.bank, account_code=data.account)
        host = hosting.become_host(
            organization=organization,
            by=admin,
            fee_ppm=data.fee_ppm,
            iban=str(number),
            bic=str(number.bic or ""),
            account_holder=data.name,
            terms=data.terms.strip(),
        )
        people.grant(person=accountant, party=organization, role=Role.ACCOUNTANT, by=admin)
        self.hosts[data.name] = _Hosting(host, admin, accountant)


def _start(city: City, event: Event) -> None:
    group = city.groups[event.group]
    founder = city.resident(event.who)
    place = _commune(group.commune)
    themes = list(Theme.objects.filter(slug__in=group.themes))
    collective = collectives.start(
        name=group.name, about=group.about, place=place, themes=themes, by=founder,
        tags=group.tags, language=group.language,
    )  # fmt: skip
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


def _approve(city: City, event: Event) -> None:
    application = city.collectives[event.group].applications.get()
    hosting.approve(application=application, by=city.host_of(event).admin)
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
    if giver.way == "guest":
        party = people.ensure_guest(email=f"guest.{queries.email(giver.name)}", name=giver.name)
    else:
        party = city.resident(giver.name)
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
    accountant = city.host_of(event).accountant
    city.put_off((0, 3), lambda: _arrive(contribution, amount, accountant))


def _arrive(contribution: Contribution, amount: Money, accountant: Party) -> None:
    giving.confirm_transfer(
        contribution=contribution, amount=amount, arrived_on=clock.today(), by=accountant
    )


def _fitting(city: City, event: Event) -> Tier | None:
    """Return the dearest tier that the amount reaches, for what its giver means to support."""
    reached = [tier for tier in city.tiers[event.group] if tier.amount_minor <= event.minor]
    return max(reached, key=lambda tier: tier.amount_minor) if reached else None


def _expense(city: City, event: Event) -> None:
    collective, group = city.collectives[event.group], city.groups[event.group]
    crew = rules.team(group, city.names, SEED)
    is_team = event.who in crew
    payee = city.resident(event.who) if is_team else city.organization(event.who)
    author = payee if is_team else payee.members.get(role=Role.ADMIN).person
    expense = _filed(city, event, collective, author, payee)
    agrees = next(city.resident(name) for name in crew[:2] if city.resident(name).pk != author.pk)
    city.put_off((0, 3), lambda: _agree(city, event, expense, agrees))


def _filed(
    city: City, event: Event, collective: Collective, author: Party, payee: Party
) -> Expense:
    category = Category.objects.get(slug=event.category)
    item = Item(event.what, event.at.date(), category.pk, Money(event.minor, CURRENCY))
    method = spending.add_payout_method(
        party=payee, holder=payee.name, iban=_account_of(payee), by=author
    )
    kind = Expense.Kind.REIMBURSEMENT if author.pk == payee.pk else Expense.Kind.INVOICE
    expense = spending.file(
        collective=collective, kind=kind, title=event.what, items=[item], by=author, payee=payee,
        payout_method=method,
    )  # fmt: skip
    city.paper += 1
    spending.attach_receipt(
        expense=expense, content=_slip(city.paper), name="receipt.png", by=author
    )
    return spending.submit(expense=expense, by=author)


def _agree(city: City, event: Event, expense: Expense, agrees: Party) -> None:
    accountant = city.host_of(event).accountant
    spending.approve(expense=expense, by=agrees)
    if accountant.pk not in {expense.author_id, expense.payee_id}:
        city.put_off((1, 5), lambda: _pay(city, expense, accountant))


def _pay(city: City, expense: Expense, accountant: Party) -> None:
    try:
        expense = spending.pay(expense=expense, by=accountant)
    except ledger.NotEnough:  # a promised gift is late: wait for it, as one would
        city.put_off((4, 9), lambda: _pay(city, expense, accountant))
        return
    reference = f"{clock.today():%Y%m%d}-{expense.pk}"
    city.put_off(
        (0, 1),
        lambda: spending.mark_paid(
            expense=expense, on=clock.today(), reference=reference, by=accountant
        ),
    )


def _decline(city: City, event: Event) -> None:
    collective = city.collectives[event.group]
    crew = rules.team(city.groups[event.group], city.names, SEED)
    author, agrees = city.resident(event.who), city.resident(crew[1])
    expense = _filed(city, event, collective, author, author)
    spending.comment(
        expense=expense, body="Is this for the group, or for the party after?", by=agrees
    )
    city.put_off(
        (1, 2),
        lambda: spending.decline(
            expense=expense, by=agrees,
            reason="Wine is for us to buy ourselves. The glasses you can file again.",
        ),
    )  # fmt: skip


def _refund(city: City, event: Event) -> None:
    """Give back the newest settled gift of a group that can still be given back."""
    collective = city.collectives[event.group]
    settled = Contribution.objects.filter(
        collective=collective.pk, status=Contribution.Status.SETTLED, rail="sandbox"
    ).order_by("-pk")
    gift = settled.first()
    if gift is None:
        raise Refused("There is no gift to give back in this story.")
    giving.refund(contribution=gift, by=city.host_of(event).accountant, reason="Given twice")
    giving_tasks.give_back(gift)


def _close(city: City, event: Event) -> None:
    """Hand on what is left, let the host go, and close the group."""
    collective = city.collectives[event.group]
    current = hosting_queries.current(collective)
    assert current is not None
    crew = [city.resident(name) for name in rules.team(city.groups[event.group], city.names, SEED)]
    accountant = city.host_of(event).accountant
    left = ledger_queries.balance(hosting_queries.funds_account(current))
    if left:
        gift = replace(
            event,
            minor=left.minor,
            category="gifts-solidarity",
            what="Ce qui reste, pour le quartier",
        )
        neighbours = city.organization("Maison de Quartier Boitsfort")
        speaker = neighbours.members.get(role=Role.ADMIN).person
        expense = _filed(city, gift, collective, speaker, neighbours)
        expense = spending.approve(expense=expense, by=crew[0])
        expense = spending.pay(expense=expense, by=accountant)
        spending.mark_paid(expense=expense, on=clock.today(), reference="solde", by=accountant)
    hosting.leave(hosting=current, by=crew[0])
    collectives.close(collective=collective, by=crew[0])


def _account_of(party: Party) -> str:
    """Return a made-up Belgian account number, always the same for a party."""
    number = Random(f"{SEED} {party.name}").randint(0, 9_999_999)
    return str(IBAN.generate("BE", bank_code="539", account_code=f"{number:07d}"))


def _slip(number: int) -> bytes:
    """Draw a receipt: lines of grey, as small as a stamp."""
    picture = Image.new("L", (120, 180), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(6):
        pen.line((14, 30 + 20 * line, 40 + (number * 37 + line * 29) % 66, 30 + 20 * line), 90, 5)
    pen.text((14, 6), f"{number:05d}", 0)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def _commune(name: str) -> Place:
    return Place.objects.get(parent__slug="brussels", name=name)


_HAPPENINGS: dict[str, Callable[[City, Event], None]] = {
    "start": _start,
    "approve": _approve,
    "tiers": _tiers,
    "goal": _goal,
    "gift": _gift,
    "grant": _grant,
    "expense": _expense,
    "decline": _decline,
    "refund": _refund,
    "close": _close,
}
