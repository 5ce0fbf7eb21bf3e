"""A town where everybody has a role, and everything stands where somebody could touch it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from cast import IBAN, person, start
from commonweal.banking.models import BankLine
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Activity, Collective, Goal
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import tasks
from commonweal.giving.models import Contribution, Tier
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosting_queries
from commonweal.hosting.models import Application, Host, Hosting
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.models import Picture, Playbook, Update
from commonweal.people import actions as people
from commonweal.people.models import Invitation, Login, Party, Role
from commonweal.places.models import Place
from commonweal.spending import actions as spending
from commonweal.spending.models import Expense, PayoutMethod, PayRun
from knowledge.test_playbooks import SWAP
from policies import bank, debits, reaching
from policies.debits import Debits
from policies.helped import Help, helped
from policies.reaching import Reaching
from policies.written import Written, written
from spending.conftest import item, photo

EUR = partial(Money.parse, currency="EUR")
DAY = date(2026, 1, 20)
OTHER_IBAN = "BE68539007547034"

# Who tries everything. `nobody` is not signed in: as `by` that is None, which some actions take
# for the server itself. A guest, somebody erased and an organization never sign in, and get
# nowhere even where a face would let them.
EVERYBODY = (
    "nobody", "a guest", "somebody erased", "an organization",
    "a stranger", "a follower", "a backer", "a helper", "a member", "the group's accountant",
    "a former admin", "an admin", "an admin who is paid", "another group's admin",
    "the author", "the payee",
    "the host's accountant", "the host's admin", "another host's admin", "the server's admin",
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """Who is there, and what there is to do something to."""

    cast: Mapping[str, Party | None]
    login: Login
    gardens: Collective
    draft: Collective
    goal: Goal
    tier: Tier
    invitation: Invitation
    token: str
    host: Host
    other_host: Host
    hosting: Hosting
    empty: Hosting
    application: Application
    shop: Party
    dan: Party
    mona: Party
    carol: Party
    guest: Party
    account: PayoutMethod
    gifts: Mapping[str, Contribution]
    expenses: Mapping[str, Expense]
    runs: Mapping[str, PayRun]
    update: Update
    picture: Picture
    playbook: Playbook
    event: Activity
    closed_event: Activity
    help: Help
    reaching: Reaching
    bank: Mapping[str, BankLine]
    papers: Written
    debits: Debits


def built() -> Town:
    """Build the town by the same actions as real life."""
    city = Place.objects.get(slug="brussels")
    server = people.set_up(
        name="Brussels", admin_name="Sami Server", admin_email="sami@example.org"
    ).person
    hosts = _hosts(city)
    bob = person("Bob Haddad")
    groups = {
        name: start(bob, city, name) for name in ("Gardens", "Empty Plot", "Sprouts", "Seedlings")
    }
    host = hosts["the host's admin"]
    asked = {
        name: hosting.apply(collective=groups[name], host=host, message="Hello", by=bob)
        for name in ("Gardens", "Empty Plot", "Sprouts")
    }
    for name in ("Gardens", "Empty Plot"):
        hosting.approve(application=asked[name], by=_admin(host))
    gardens = Collective.objects.get(slug="gardens")
    cast = {
        "an admin": bob, "the server's admin": server, "the host's accountant": _accountant(host),
        **{who: _admin(one) for who, one in hosts.items()}, **_outsiders(city),
        **_team([gardens, groups["Sprouts"]], bob), **_shop(gardens, bob),
    }  # fmt: skip
    goal, tier = _offered(gardens, bob)
    token = people.invite(party=gardens, email="zoe@example.org", role=Role.MEMBER, by=bob)
    shop = Party.objects.get(name="Seed Shop")
    update = knowledge.write_update(collective=gardens, title="Rain", body="It rains.", by=bob)
    return Town(
        cast={"nobody": None, **cast},
        login=Login.objects.get(email="dan@example.org"),
        gardens=gardens,
        draft=groups["Seedlings"],
        goal=goal,
        tier=tier,
        invitation=Invitation.objects.get(),
        token=token,
        host=host,
        other_host=hosts["another host's admin"],
        hosting=_hosting(gardens),
        empty=_hosting(groups["Empty Plot"]),
        application=asked["Sprouts"],
        shop=shop,
        dan=cast["a stranger"],
        mona=cast["a member"],
        carol=cast["the host's accountant"],
        guest=cast["a guest"],
        account=PayoutMethod.objects.get(party=shop),
        gifts=_gifts(gardens, cast),
        expenses=_expenses(gardens, shop, cast),
        runs=_runs(gardens, shop, cast),
        update=update,
        picture=knowledge.add_picture(update=update, content=photo(), alt="A cloud", by=bob),
        playbook=knowledge.write_playbook(collective=gardens, document=SWAP, by=bob),
        event=_event(gardens, bob),
        closed_event=collectives.close_activity(
            activity=_event(gardens, bob), attendance=None, by=bob
        ),
        help=helped(gardens, cast),
        reaching=reaching.built(gardens, groups["Empty Plot"], shop, cast),
        papers=written(gardens, host, shop, _admin(host), cast),
        bank=bank.lines(host, by=_admin(host), gift=_gift_of(cast["a stranger"], gardens)),
        debits=debits.built(
            host, gardens, cast["a stranger"], by=_admin(host), carol=cast["the host's accountant"]
        ),
    )


def _gift_of(dan: Party | None, gardens: Collective) -> Contribution:
    assert dan is not None, "a stranger is somebody"
    return giving.pledge(
        collective=gardens, amount=EUR("3"), rail="transfer", contributor=dan, given_by=dan, by=dan
    )


def _event(gardens: Collective, bob: Party) -> Activity:
    return collectives.plan_activity(
        collective=gardens, kind="event", name="Open day", starts_on=DAY, ends_on=DAY, by=bob
    )


def _hosts(city: Place) -> dict[str, Host]:
    return {
        "the host's admin": _host(person("Hana Wouters"), "Commons House", city),
        "another host's admin": _host(person("Ivo Janssens"), "Green Fund", city),
    }


def _host(admin: Party, name: str, city: Place) -> Host:
    return hosting.become_host(
        organization=people.create_organization(name=name, by=admin, place=city),
        by=admin, fee_ppm=50_000, iban=IBAN, bic="", account_holder=name,
    )  # fmt: skip


def _admin(host: Host) -> Party:
    return host.party.members.get(role=Role.ADMIN).person


def _hosting(collective: Collective) -> Hosting:
    found = hosting_queries.current(collective)
    assert found is not None
    return found


def _outsiders(city: Place) -> dict[str, Party]:
    """Return those who have nothing to do with Gardens; Dan keeps an account of his own."""
    dan, eve, zed = person("Dan Okafor"), person("Eve Martens"), person("Zed Zaki")
    spending.add_payout_method(party=dan, holder=dan.name, iban=IBAN, by=dan)
    start(eve, city, "Bakery")
    people.erase(person=zed, by=zed)
    people.ensure_guest(email="dan@example.org", name="Dan before")
    return {
        "a guest": people.ensure_guest(email="nour@example.org", name="Nour"),
        "somebody erased": Party.objects.get(pk=zed.pk),
        "an organization": people.create_organization(name="Harbour", by=eve),
        "a stranger": dan,
        "another group's admin": eve,
    }


def _team(groups: Sequence[Collective], bob: Party) -> dict[str, Party]:
    """Return those who belong, or belonged, to some groups."""
    fay, alice, former = person("Fay Noel"), person("Alice Peeters"), person("Flor Maes")
    helper, member, gus = person("Hal Simon"), person("Mona Sels"), person("Gus Lemmens")
    given = (
        (helper, Role.HELPER), (member, Role.MEMBER), (gus, Role.ACCOUNTANT), (former, Role.ADMIN),
    )  # fmt: skip
    for group in groups:
        people.grant(person=fay, party=group, role=Role.FOLLOWER, by=fay)
        people.grant(person=alice, party=group, role=Role.BACKER, by=None)
        for one, role in given:
            people.grant(person=one, party=group, role=role, by=bob)
        people.leave(person=former, party=group, role=Role.ADMIN, by=bob)
    return {
        "a follower": fay, "a backer": alice, "a former admin": former, "a helper": helper,
        "a member": member, "the group's accountant": gus,
    }  # fmt: skip


def _shop(gardens: Collective, bob: Party) -> dict[str, Party]:
    """Return the admins of the shop that Gardens pays: one files, one runs Gardens too."""
    paul, pia, max_ = person("Paul Aerts"), person("Pia Claes"), person("Max Dubois")
    shop = people.create_organization(name="Seed Shop", by=paul)
    for one in (pia, max_):
        people.grant(person=one, party=shop, role=Role.ADMIN, by=paul)
    people.grant(person=max_, party=gardens, role=Role.ADMIN, by=bob)
    spending.add_payout_method(party=shop, holder="Seed Shop", iban=IBAN, by=paul)
    return {"the author": paul, "the payee": pia, "an admin who is paid": max_}


def _accountant(host: Host) -> Party:
    carol = person("Carol Belkacem")
    people.grant(person=carol, party=host.party, role=Role.ACCOUNTANT, by=_admin(host))
    return carol


def _offered(gardens: Collective, bob: Party) -> tuple[Goal, Tier]:
    goal = collectives.add_goal(collective=gardens, title="A greenhouse", amount=EUR("500"), by=bob)
    tier = giving.add_tier(collective=gardens, name="Friend", amount=EUR("10"), by=bob)
    return goal, tier


def _monthly(gardens: Collective, cast: Mapping[str, Party]) -> dict[str, Contribution]:
    """Return a backer's monthly gift by card that a card declined lately, and a paused one."""
    backer = cast["a backer"]
    by_card, paused = (
        giving.pledge(
            collective=gardens, amount=EUR("10"), rail=rail, interval="month",
            contributor=backer, given_by=backer, by=backer,
        )
        for rail in ("sandbox", "transfer")
    )  # fmt: skip
    tasks.begin(by_card)
    tasks.answer(by_card, {"card": "once"})
    with clock.moved_to(clock.now() + timedelta(days=31)):
        tasks.bill_due()
    giving.pause(contribution=paused, until=None, by=backer)
    return {"monthly": by_card, "paused": paused}


def _gifts(gardens: Collective, cast: Mapping[str, Party]) -> dict[str, Contribution]:
    """Return gifts at each point of their way; a guest's and an incognito one are promised."""
    alice, guest, carol = (cast[who] for who in ("a backer", "a guest", "the host's accountant"))
    give = partial(giving.pledge, collective=gardens, amount=EUR("100"), rail="transfer")
    gifts = {
        name: give(contributor=alice, given_by=alice, by=alice)
        for name in ("promised", "settled", "going back", "kept")
    }
    for name in ("settled", "going back", "kept"):
        gifts[name] = giving.confirm_transfer(
            contribution=gifts[name], amount=EUR("100"), arrived_on=clock.today(), by=carol
        )
    giving.refund(contribution=gifts["going back"], by=carol)
    return (
        gifts
        | _monthly(gardens, cast)
        | {
            "a guest's": give(contributor=guest, given_by=guest, by=None),
            "incognito": give(contributor=alice, given_by=alice, by=alice, incognito=True),
        }
    )


def _expenses(gardens: Collective, shop: Party, cast: Mapping[str, Party]) -> dict[str, Expense]:
    """Return one expense of the shop at each step of its way."""
    paul, bob, carol = (cast[who] for who in ("the author", "an admin", "the host's accountant"))
    steps = {
        "draft": lambda expense: expense,
        "submitted": lambda expense: spending.submit(expense=expense, by=paul),
        "approved": lambda expense: spending.approve(expense=expense, by=bob),
        "in payment": lambda expense: spending.pay(expense=expense, by=carol),
        "paid": lambda expense: spending.mark_paid(expense=expense, on=DAY, reference="", by=carol),
    }
    found = {}
    for number, name in enumerate(steps, start=1):
        expense = _asked_for(gardens, shop, paul)
        for step in list(steps.values())[:number]:
            expense = step(expense)
        found[name] = expense
    spending.repeat(expense=found["submitted"], every="year", by=paul)
    return found | {
        "moved": _moved(found["approved"], paul, bob),
        **_stopped(gardens, shop, cast),
        "passing on": _passing_on(gardens, cast),
    }


def _stopped(gardens: Collective, shop: Party, cast: Mapping[str, Party]) -> dict[str, Expense]:
    """Return an expense that the host lets wait, and one that the bank gave back."""
    paul, bob, carol = (cast[who] for who in ("the author", "an admin", "the host's accountant"))
    agreed = [
        spending.approve(
            expense=spending.submit(expense=_asked_for(gardens, shop, paul), by=paul), by=bob
        )
        for _ in range(2)
    ]
    sent = spending.pay(expense=agreed[1], by=carol)
    return {
        "on hold": spending.hold(expense=agreed[0], reason="Wait.", by=carol),
        "returned": spending.return_payment(expense=sent, on=DAY, reason="Closed", by=carol),
    }


def _passing_on(gardens: Collective, cast: Mapping[str, Party]) -> Expense:
    """Return a grant that was agreed to, to another group of the same host."""
    eve, max_, hana = (
        cast[who] for who in ("another group's admin", "an admin who is paid", "the host's admin")
    )
    club = start(eve, Place.objects.get(slug="brussels"), "Oven Club")
    host = _hosting(gardens).host
    asked = hosting.apply(collective=club, host=host, message="Hello", by=eve)
    hosting.approve(application=asked, by=hana)
    grant = spending.file(
        collective=gardens, kind="grant", title="Start", items=[item(500)], by=max_,
        payee=club, purpose="For the first oven",
    )  # fmt: skip
    return spending.approve(expense=spending.submit(expense=grant, by=max_), by=cast["an admin"])


def _asked_for(gardens: Collective, shop: Party, paul: Party) -> Expense:
    """Return the draft of an expense of the shop, with its receipt."""
    expense = spending.file(
        collective=gardens, kind="invoice", title="Seeds", items=[item(500)], by=paul,
        payee=shop, payout_method=PayoutMethod.objects.get(party=shop),
    )  # fmt: skip
    spending.attach_receipt(expense=expense, content=photo(), name="receipt.jpg", by=paul)
    return expense


def _runs(gardens: Collective, shop: Party, cast: Mapping[str, Party]) -> dict[str, PayRun]:
    """Return a pay run that is prepared, and one whose money has left the pot."""
    paul, bob, carol = (cast[who] for who in ("the author", "an admin", "the host's accountant"))
    hosting_now = _hosting(gardens)
    runs = {}
    for name in ("prepared", "released"):
        expense = spending.submit(expense=_asked_for(gardens, shop, paul), by=paul)
        expense = spending.approve(expense=expense, by=bob)
        runs[name] = spending.prepare(host=hosting_now.host, expenses=[expense.pk], by=carol)
    return runs | {"released": spending.release(run=runs["released"], by=carol)}


def _moved(agreed: Expense, paul: Party, bob: Party) -> Expense:
    """Return an agreed expense to a bakery that changed its bank account a moment ago."""
    bakery = people.create_organization(name="Oven", by=paul)
    for iban in (OTHER_IBAN, IBAN):
        method = spending.add_payout_method(party=bakery, holder="Oven", iban=iban, by=paul)
    expense = spending.file(
        collective=agreed.collective, kind="invoice", title="Bread", items=[item(500)], by=paul,
        payee=bakery, payout_method=method,
    )  # fmt: skip
    spending.attach_receipt(expense=expense, content=photo(), name="receipt.jpg", by=paul)
    return spending.approve(expense=spending.submit(expense=expense, by=paul), by=bob)
