"""Who sees what of an expense, and who asks. Who takes which step stands in `test_states`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cast import person
from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.people import actions as people
from commonweal.people.models import Membership, Party, Role
from commonweal.spending import actions, policies, queries
from commonweal.spending.models import Expense
from spending.conftest import IBAN, item, photo, put_in_the_pot

DAY = date(2026, 11, 20)
EVERYBODY = (
    "author", "payee", "admin", "admin who is paid", "member", "accountant", "host admin",
    "stranger", "signed out",
)  # fmt: skip


# What is done, where the expense stands before it, and by whom.
ROLES: dict[str, tuple[Callable[[Expense, Party], Any], str, str]] = {
    "approve": (lambda e, by: actions.approve(expense=e, by=by), "submitted", "admin"),
    "pay": (lambda e, by: actions.pay(expense=e, by=by), "approved", "accountant"),
}


@pytest.fixture
def everybody(
    gardens: Collective, bob: Party, carol: Party, hana: Party, dan: Party
) -> dict[str, Party | None]:
    """Return who is what to an expense that Alice files for a shop of hers, Pia's and Max's."""
    alice = person("Alice Peeters")
    pia, max_, mona = person("Pia Claes"), person("Max Dubois"), person("Mona Sels")
    shop = people.create_organization(name="Seed Shop", by=alice)
    for one in (pia, max_):
        people.grant(person=one, party=shop, role=Role.ADMIN, by=alice)
    people.grant(person=max_, party=gardens, role=Role.ADMIN, by=bob)
    people.grant(person=mona, party=gardens, role=Role.MEMBER, by=bob)
    return {
        "author": alice, "payee": pia, "admin": bob, "admin who is paid": max_, "member": mona,
        "accountant": carol, "host admin": hana, "stranger": dan, "signed out": None,
    }  # fmt: skip


@pytest.fixture
def standing(gardens: Collective, everybody: dict[str, Party]) -> Callable[[str], Expense]:
    """Return an expense that stands at a status, in a group with money in the pot."""
    alice, bob, hana = (everybody[who] for who in ("author", "admin", "host admin"))

    def bring_to(status: str) -> Expense:
        put_in_the_pot(gardens, 5000)
        shop = Party.objects.get(name="Seed Shop")
        method = actions.add_payout_method(party=shop, holder="Shop", iban=IBAN, by=alice)
        expense = actions.file(
            collective=gardens, kind="invoice", title="Seeds", items=[item(1250)], by=alice,
            payee=shop, payout_method=method,
        )  # fmt: skip
        actions.attach_receipt(expense=expense, content=photo(), name="receipt.jpg", by=alice)
        steps: list[Callable[[], Any]] = [
            lambda: actions.submit(expense=expense, by=alice),
            lambda: actions.approve(expense=expense, by=bob),
            lambda: actions.pay(expense=expense, by=hana),
            lambda: actions.mark_paid(expense=expense, on=DAY, reference="", by=hana),
        ]
        for step in steps[: ["draft", "submitted", "approved", "in payment", "paid"].index(status)]:
            step()
        return Expense.objects.get(pk=expense.pk)

    return bring_to


@pytest.mark.parametrize("who", EVERYBODY)
def test_receipts_are_for_those_who_ask_decide_and_pay(
    who: str, everybody: dict[str, Party], standing: Callable[[str], Expense]
) -> None:
    sees = who not in {"member", "stranger", "signed out"}

    assert policies.may_see_private(everybody[who], standing("submitted")) is sees


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_is_signed_in_may_ask(
    who: str, gardens: Collective, everybody: dict[str, Party]
) -> None:
    assert policies.may_file(everybody[who], gardens) is (who != "signed out")


def test_nobody_asks_a_group_that_has_not_begun(seedlings: Collective, bob: Party) -> None:
    assert not policies.may_file(bob, seedlings)


def test_the_only_admin_cannot_agree_to_their_own(gardens: Collective, bob: Party) -> None:
    expense = actions.file(
        collective=gardens, kind="reimbursement", title="Seeds", items=[item(5)], by=bob
    )
    actions.attach_receipt(expense=expense, content=photo(), name="receipt.jpg", by=bob)
    actions.submit(expense=expense, by=bob)

    with pytest.raises(NotAllowed, match="there is no other admin"):
        actions.approve(expense=expense, by=bob)


@pytest.mark.parametrize("what", ROLES)
def test_a_role_that_has_ended_allows_nothing(
    what: str, everybody: dict[str, Party], standing: Callable[[str], Expense]
) -> None:
    act, status, role = ROLES[what]
    expense, who = standing(status), everybody[role]
    Membership.objects.filter(person=who).update(until="2026-01-01T00:00:00Z")

    with pytest.raises(NotAllowed):
        act(expense, who)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("taken_back", [False, True])
def test_what_was_never_handed_in_is_its_authors_alone(
    who: str, everybody: dict[str, Party], standing: Callable[[str], Expense], *, taken_back: bool
) -> None:
    expense = standing("draft")
    if taken_back:
        expense = actions.withdraw(expense=expense, by=everybody["author"])

    assert policies.may_see(everybody[who], expense) is (who == "author")
    assert policies.may_see_private(everybody[who], expense) is (who == "author")
    assert expense not in queries.of_collective(expense.collective)
    assert not queries.timeline(expense).exists()
