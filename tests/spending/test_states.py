"""Every state, every action, everybody: what happens, or why not and who may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import pytest_django
from django.db import transaction

from cast import person, start
from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Host
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place
from commonweal.spending import actions
from commonweal.spending.models import Expense
from commonweal.spending.policies import refusals
from commonweal.spending.policies.moves import Standing, why_not
from commonweal.spending.rules import WAYS
from spending.conftest import IBAN, item, photo, put_in_the_pot

DAY = date(2026, 11, 20)
# Who stands where. The sole admin filed an expense of their own in a group of their own.
COLUMNS = (
    "author", "payee", "admin", "sole admin", "member", "accountant", "host admin", "stranger",
    "signed out",
)  # fmt: skip

# For each action the states in which it is something, and what everybody is told there. In all
# other states everybody is told that it is too late.
#
#                     author  payee   admin   sole    member  account host    strang  signed out
TABLE = """
edit
 draft                yes     no      no      yes     no      no      no      no      sign-in
 submitted            yes     author  author  yes     author  author  author  author  sign-in
 needs changes        yes     author  author  yes     author  author  author  author  sign-in
 approved             yes     author  author  yes     author  author  author  author  sign-in
 scheduled            yes     author  author  yes     author  author  author  author  sign-in
 returned             yes     author  author  yes     author  author  author  author  sign-in
 declined             yes     author  author  yes     author  author  author  author  sign-in
attach
 draft                yes     no      no      yes     no      no      no      no      sign-in
 submitted            yes     author  author  yes     author  author  author  author  sign-in
 needs changes        yes     author  author  yes     author  author  author  author  sign-in
 approved             yes     author  author  yes     author  author  author  author  sign-in
 scheduled            yes     author  author  yes     author  author  author  author  sign-in
 returned             yes     author  author  yes     author  author  author  author  sign-in
 declined             yes     author  author  yes     author  author  author  author  sign-in
submit
 draft                yes     no      no      yes     no      no      no      no      sign-in
 needs changes        yes     author  author  yes     author  author  author  author  sign-in
withdraw
 draft                yes     no      no      yes     no      no      no      no      sign-in
 submitted            yes     author  author  yes     author  author  author  author  sign-in
 needs changes        yes     author  author  yes     author  author  author  author  sign-in
 approved             yes     author  author  yes     author  author  author  author  sign-in
 on hold              yes     author  author  yes     author  author  author  author  sign-in
 scheduled            yes     author  author  yes     author  author  author  author  sign-in
 returned             yes     author  author  yes     author  author  author  author  sign-in
 declined             yes     author  author  yes     author  author  author  author  sign-in
approve
 submitted            own     own     yes     alone   admins  admins  admins  admins  sign-in
ask
 submitted            own     own     yes     own     decide  yes     yes     decide  sign-in
 approved             own     own     yes     own     decide  yes     yes     decide  sign-in
 on hold              own     own     yes     own     decide  yes     yes     decide  sign-in
 scheduled            own     own     yes     own     decide  yes     yes     decide  sign-in
 returned             own     own     yes     own     decide  yes     yes     decide  sign-in
decline
 submitted            own     own     yes     own     decide  yes     yes     decide  sign-in
 needs changes        own     own     yes     own     decide  yes     yes     decide  sign-in
 approved             own     own     yes     own     decide  yes     yes     decide  sign-in
 on hold              own     own     yes     own     decide  yes     yes     decide  sign-in
 scheduled            own     own     yes     own     decide  yes     yes     decide  sign-in
 returned             own     own     yes     own     decide  yes     yes     decide  sign-in
hold
 approved             own     own     host    own     host    yes     yes     host    sign-in
 scheduled            own     own     host    own     host    yes     yes     host    sign-in
resume
 on hold              own     own     host    own     host    yes     yes     host    sign-in
pay
 approved             own     own     host    own     host    yes     yes     host    sign-in
 scheduled            own     own     host    own     host    yes     yes     host    sign-in
pass_on
 approved             bank    bank    bank    bank    bank    bank    bank    bank    sign-in
mark_paid
 in payment           own     own     host    own     host    yes     yes     host    sign-in
give_back
 in payment           own     own     host    own     host    yes     yes     host    sign-in
 paid                 own     own     host    own     host    yes     yes     host    sign-in
return
 in payment           own     own     host    own     host    yes     yes     host    sign-in
 paid                 own     own     host    own     host    yes     yes     host    sign-in
retry
 returned             own     own     host    own     host    yes     yes     host    sign-in
say
 draft                yes     no      no      yes     no      no      no      no      no
 submitted            yes     yes     yes     yes     yes     yes     yes     yes     no
 needs changes        yes     yes     yes     yes     yes     yes     yes     yes     no
 approved             yes     yes     yes     yes     yes     yes     yes     yes     no
 on hold              yes     yes     yes     yes     yes     yes     yes     yes     no
 scheduled            yes     yes     yes     yes     yes     yes     yes     yes     no
 in payment           yes     yes     yes     yes     yes     yes     yes     yes     no
 paid                 yes     yes     yes     yes     yes     yes     yes     yes     no
 returned             yes     yes     yes     yes     yes     yes     yes     yes     no
 declined             yes     yes     yes     yes     yes     yes     yes     yes     no
 withdrawn            yes     yes     yes     yes     yes     yes     yes     yes     no
whisper
 draft                yes     no      no      yes     no      no      no      no      no
 submitted            yes     yes     yes     yes     no      yes     yes     no      no
 needs changes        yes     yes     yes     yes     no      yes     yes     no      no
 approved             yes     yes     yes     yes     no      yes     yes     no      no
 on hold              yes     yes     yes     yes     no      yes     yes     no      no
 scheduled            yes     yes     yes     yes     no      yes     yes     no      no
 in payment           yes     yes     yes     yes     no      yes     yes     no      no
 paid                 yes     yes     yes     yes     no      yes     yes     no      no
 returned             yes     yes     yes     yes     no      yes     yes     no      no
 declined             yes     yes     yes     yes     no      yes     yes     no      no
 withdrawn            yes     yes     yes     yes     no      yes     yes     no      no
"""

# What each word of the table is: the error, and what its sentence says among else.
WORDS: dict[str, tuple[type[Refused], str]] = {
    "no": (NotAllowed, "You may not do this."),
    "late": (refusals.NotNow, "moved on"),
    "sign-in": (refusals.SignInFirst, "Sign in first"),
    "own": (refusals.OwnExpense, "their own expense. Ask one of these: (Bob|Hana|Carol)"),
    "alone": (refusals.OnlyAdmin, "no other admin. Invite one"),
    "author": (refusals.ForAuthor, "who filed it does this: (Alice Peeters|Sol Vermeer)"),
    "admins": (refusals.ForAdmins, "Ask one of these: Bob Haddad"),
    "decide": (refusals.ForDeciders, "do this: (Bob Haddad, )?(Hana|Carol)"),
    "host": (refusals.ForPayers, "Ask Commons House"),
    "bank": (refusals.PaidByBank, "goes to a bank account"),
}

ACTIONS: dict[str, Callable[[Expense, Any], Any]] = {
    "edit": lambda e, by: actions.edit(
        expense=e, title="x", items=[item(5)], by=by, payout_method=e.payout_method
    ),
    "attach": lambda e, by: actions.attach_receipt(
        expense=e, content=photo("red"), name="x", by=by
    ),
    "submit": lambda e, by: actions.submit(expense=e, by=by),
    "withdraw": lambda e, by: actions.withdraw(expense=e, by=by),
    "approve": lambda e, by: actions.approve(expense=e, by=by),
    "ask": lambda e, by: actions.ask_for_changes(expense=e, reason="The date.", by=by),
    "decline": lambda e, by: actions.decline(expense=e, reason="No.", by=by),
    "hold": lambda e, by: actions.hold(expense=e, reason="Wait.", by=by),
    "resume": lambda e, by: actions.resume(expense=e, by=by),
    "pay": lambda e, by: actions.pay(expense=e, by=by),
    "pass_on": lambda e, by: actions.pass_on(expense=e, by=by),
    "mark_paid": lambda e, by: actions.mark_paid(expense=e, on=DAY, reference="", by=by),
    "give_back": lambda e, by: actions.return_payment(
        expense=e, on=DAY, reason="", code="NOT_SENT", by=by
    ),
    "return": lambda e, by: actions.return_payment(expense=e, on=DAY, reason="Closed", by=by),
    "retry": lambda e, by: actions.retry(expense=e, by=by),
    "say": lambda e, by: actions.comment(expense=e, body="Hello", by=by),
    "whisper": lambda e, by: actions.comment(expense=e, body="Hello", by=by, public=False),
}


@dataclass(frozen=True)
class Scene:
    """Who is there, and an expense at each state: in a group, and in that of its sole admin."""

    cast: Mapping[str, Party | None]
    common: Mapping[str, int]
    lonely: Mapping[str, int]


def table() -> dict[str, dict[str, list[str]]]:
    """Read the table: for each action and state what everybody is told, in order of columns."""
    action, found = "", dict[str, dict[str, list[str]]]()
    for line in TABLE.strip().splitlines():
        if line.startswith(" "):
            found[action][line[:21].strip()] = line[21:].split()
        else:
            found[action := line] = {}
    return found


def brought(
    group: Collective, host: Host, by: Party, payee: Party, agrees: Party
) -> dict[str, int]:
    """Return an expense at each state; Hana pays."""
    hana = host.party.members.get(role=Role.ADMIN).person
    put_in_the_pot(group, 100_000)
    method = actions.add_payout_method(party=payee, holder=payee.name, iban=IBAN, by=by)

    def draft() -> Expense:
        expense = actions.file(
            collective=group, kind="invoice", title="Seeds", items=[item(1250)], by=by,
            payee=payee, payout_method=method,
        )  # fmt: skip
        actions.attach_receipt(expense=expense, content=photo(), name="receipt.jpg", by=by)
        return expense

    def sent() -> Expense:
        return actions.submit(expense=draft(), by=by)

    def agreed() -> Expense:
        return actions.approve(expense=sent(), by=agrees)

    def leaving() -> Expense:
        return actions.pay(expense=agreed(), by=hana)

    chosen = agreed()
    actions.prepare(host=host, expenses=[chosen.pk], by=hana)
    found = {
        "draft": draft(),
        "submitted": sent(),
        "needs changes": actions.ask_for_changes(expense=sent(), reason="The date.", by=agrees),
        "approved": agreed(),
        "on hold": actions.hold(expense=agreed(), reason="Wait.", by=hana),
        "scheduled": chosen,
        "in payment": leaving(),
        "paid": actions.mark_paid(expense=leaving(), on=DAY, reference="", by=hana),
        "returned": actions.return_payment(expense=leaving(), on=DAY, reason="Closed", by=hana),
        "declined": actions.decline(expense=sent(), reason="No.", by=agrees),
        "withdrawn": actions.withdraw(expense=sent(), by=by),
    }
    return {status: expense.pk for status, expense in found.items()}


def built() -> Scene:
    """Let two groups of one host have an expense at each state."""
    city = Place.objects.get(slug="brussels")
    names = ("Bob Haddad", "Hana Wouters", "Carol Belkacem", "Mona Sels", "Dan Okafor")
    bob, hana, carol, mona, dan = (person(name) for name in names)
    alice, pia, sol, flor = (
        person(name) for name in ("Alice Peeters", "Pia Claes", "Sol Vermeer", "Flor Maes")
    )
    house = people.create_organization(name="Commons House", by=hana, place=city)
    host = hosting.become_host(
        organization=house, by=hana, fee_ppm=0, iban=IBAN, bic="", account_holder="House"
    )
    people.grant(person=carol, party=house, role=Role.ACCOUNTANT, by=hana)
    shop = people.create_organization(name="Seed Shop", by=alice)
    people.grant(person=pia, party=shop, role=Role.ADMIN, by=alice)
    groups = []
    for name, admin in (("Gardens", bob), ("Plot", sol)):
        group = start(admin, city, name)
        asked = hosting.apply(collective=group, host=host, message="Hello", by=admin)
        hosting.approve(application=asked, by=hana)
        groups.append(Collective.objects.get(pk=group.pk))
    gardens, plot = groups
    people.grant(person=mona, party=gardens, role=Role.MEMBER, by=bob)
    people.grant(person=flor, party=plot, role=Role.ADMIN, by=sol)
    lonely = brought(plot, host, sol, sol, agrees=flor)
    people.leave(person=flor, party=plot, role=Role.ADMIN, by=flor)
    cast = dict(zip(COLUMNS, (alice, pia, bob, sol, mona, carol, hana, dan, None), strict=True))
    return Scene(cast, brought(gardens, host, alice, shop, agrees=bob), lonely)


@pytest.fixture(scope="module")
def scene(
    _migrated: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Scene]:  # fmt: skip
    """Build all states once, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built()
        transaction.set_rollback(True)


def told(expense: Expense, action: str, by: Party | None) -> str:
    """Try an action, take it back, and return the word of the table for what happened."""
    try:
        with transaction.atomic():
            ACTIONS[action](expense, by)
            transaction.set_rollback(True)
    except Refused as refusal:
        sentence = str(refusal)
        for word, (error, says) in WORDS.items():
            if type(refusal) is error and re.search(says, sentence):
                return word
        return f"{type(refusal).__name__}: {sentence}"
    return "yes"


@pytest.mark.parametrize("action", ACTIONS)
def test_in_every_state_everybody_may_or_is_told_why_not_and_who(
    action: str, scene: Scene
) -> None:  # fmt: skip
    late = ["late"] * len(COLUMNS)
    expected, found, buttons = {}, {}, {}
    for status in Expense.Status.values:
        row = table()[action].get(status, late)
        for who, word in zip(COLUMNS, row, strict=True):
            numbers = scene.lonely if who == "sole admin" else scene.common
            expense = Expense.objects.select_related("collective", "author", "payee").get(
                pk=numbers[status]
            )
            assert expense.status == status
            expected[status, who] = word
            found[status, who] = told(expense, action, scene.cast[who])
            if action in WAYS:
                refusal = why_not(action, Standing(scene.cast[who], expense))
                buttons[status, who] = refusal is None

    assert found == expected
    assert all(shown == (expected[cell] == "yes") for cell, shown in buttons.items())


def test_the_table_names_every_step_but_those_of_pay_runs_and_the_bank_desk() -> None:
    assert set(WAYS) - set(table()) == {"choose", "leave", "unpay"}
    assert set(table()) == set(ACTIONS)
