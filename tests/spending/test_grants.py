"""Grants: money for a purpose, to people and from pot to pot."""

from __future__ import annotations

import pytest
from django.core import mail

from cast import person, start
from commonweal.collectives.models import Collective
from commonweal.discovery.actions import trace
from commonweal.discovery.models import TracedPart
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosting_queries
from commonweal.hosting.models import Host
from commonweal.ledger import actions as ledger_actions
from commonweal.ledger import queries as ledger
from commonweal.ledger.actions import NotEnough
from commonweal.ledger.models import Chart, Kind, Scope, Transaction
from commonweal.mail import reader
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place
from commonweal.spending import actions, queries
from commonweal.spending.actions.runs import ChosenElsewhere
from commonweal.spending.models import Expense
from commonweal.spending.policies import refusals
from spending.conftest import IBAN, item, put_in_the_pot

EUR = "EUR"


@pytest.fixture
def compost(bob: Party, hana: Party, commons: Host, brussels: Place) -> Collective:
    """Return another group of Commons House, which Cleo runs."""
    cleo = person("Cleo Mertens")
    group = start(cleo, brussels, "Compost")
    asked = hosting.apply(collective=group, host=commons, message="Hello", by=cleo)
    hosting.approve(application=asked, by=hana)
    return Collective.objects.get(pk=group.pk)


@pytest.fixture
def elena(gardens: Collective, bob: Party) -> Party:
    """Return Elena, the second admin of Gardens."""
    elena = person("Elena Rossi")
    people.grant(person=elena, party=gardens, role=Role.ADMIN, by=bob)
    return elena


@pytest.fixture
def agreed(gardens: Collective, compost: Collective, bob: Party, elena: Party) -> Expense:
    """Return a grant of 50.00 from Gardens to Compost, agreed to, with 80.00 in the pot."""
    put_in_the_pot(gardens, 8000)
    return actions.approve(expense=granted(gardens, compost, elena), by=bob)


def granted(giver: Collective, payee: Party, by: Party, minor: int = 5000) -> Expense:
    line = item(minor, Chart.TRANSFERS_OUT, "A second heap")
    return actions.file_grant(
        collective=giver, payee=payee, item=line, purpose="Wood and tools", by=by
    )


def statement(group: Collective) -> list[tuple[str, int, str, int]]:
    """Return what a reader of a group's ledger sees: what, how much, who, and the category."""
    lines = ledger.latest(scope=Scope.COLLECTIVE, scope_id=group.pk, size=1)
    return [
        (one.description, one.amount.minor, one.counterparty, one.category or 0) for one in lines
    ]


def test_a_grant_goes_from_pot_to_pot_at_once_and_both_pages_say_so(
    agreed: Expense, gardens: Collective, compost: Collective, carol: Party
) -> None:
    mail.outbox.clear()

    done = actions.pass_on(expense=agreed, by=carol)

    assert done.status == "paid"
    assert queries.pot_of(gardens) == Money(3000, EUR)
    assert queries.pot_of(compost) == Money(5000, EUR)
    (moved,) = queries.transactions(done)
    assert (moved.kind, moved.category_id) == (Kind.TRANSFER, Chart.TRANSFERS_OUT)
    who = "Gardens → Compost"
    assert statement(gardens) == [("A second heap", -5000, who, Chart.TRANSFERS_OUT)]
    assert statement(compost) == [("A second heap", 5000, who, Chart.TRANSFERS_IN)]
    while reader.read():
        pass
    letters = {to for one in mail.outbox if "passed on" in one.subject for to in one.to}
    assert letters == {"elena@example.org", "cleo@example.org"}


def test_sums_tell_what_was_passed_on_from_what_came(
    agreed: Expense, gardens: Collective, compost: Collective, carol: Party
) -> None:
    actions.pass_on(expense=agreed, by=carol)
    while ledger_actions.advance():
        pass

    def passed(group: Collective) -> list[tuple[int, int]]:
        sums = ledger.by_category(Scope.COLLECTIVE, group.pk, EUR)
        return [(one.category, one.amount.minor) for one in sums if one.kind == Kind.TRANSFER]

    assert passed(gardens) == [(Chart.TRANSFERS_OUT, -5000)]
    assert passed(compost) == [(Chart.TRANSFERS_IN, 5000)]


def test_what_is_passed_on_is_followed_into_the_other_pot(
    agreed: Expense, gardens: Collective, compost: Collective, carol: Party, alice: Party
) -> None:
    actions.pass_on(expense=agreed, by=carol)
    while ledger_actions.advance():
        pass
    while trace():
        pass

    pot = hosting_queries.current(gardens)
    assert pot is not None
    parts = TracedPart.objects.filter(account_id=hosting_queries.funds_account(pot))
    assert list(parts.values_list("lot", "use", "amount")) == [(1, 2, 5000)]


def test_a_grant_is_passed_on_once_and_never_by_bank(
    agreed: Expense, commons: Host, carol: Party
) -> None:
    with pytest.raises(refusals.InsideTheBooks):
        actions.pay(expense=agreed, by=carol)
    with pytest.raises(ChosenElsewhere):
        actions.prepare(host=commons, expenses=[agreed.pk], by=carol)

    actions.pass_on(expense=agreed, by=carol)

    with pytest.raises(refusals.NotNow):
        actions.pass_on(expense=agreed, by=carol)
    with pytest.raises(refusals.PassedOn):
        actions.return_payment(expense=agreed, on=agreed.created_at.date(), reason="", by=carol)
    assert Transaction.objects.filter(kind=Kind.TRANSFER).count() == 1


def test_no_pot_passes_on_more_than_it_holds(
    gardens: Collective, compost: Collective, bob: Party, elena: Party, carol: Party
) -> None:
    put_in_the_pot(gardens, 100)
    grant = actions.approve(expense=granted(gardens, compost, elena), by=bob)

    with pytest.raises(NotEnough, match="it holds"):
        actions.pass_on(expense=grant, by=carol)
    assert queries.pot_of(compost) == Money(0, EUR)


def test_who_runs_both_groups_does_not_agree(
    gardens: Collective, compost: Collective, bob: Party, elena: Party
) -> None:
    people.grant(
        person=bob, party=compost, role=Role.ADMIN,
        by=Party.objects.get(name="Cleo Mertens"),
    )  # fmt: skip

    with pytest.raises(refusals.OnlyAdmin):
        actions.approve(expense=granted(gardens, compost, elena), by=bob)


@pytest.mark.parametrize("to", ["itself", "not hosted", "elsewhere"])
def test_money_stays_within_one_host(
    to: str, gardens: Collective, seedlings: Collective, elena: Party, brussels: Place
) -> None:
    if to == "elsewhere":
        ivo = person("Ivo Janssens")
        fund = people.create_organization(name="Green Fund", by=ivo, place=brussels)
        host = hosting.become_host(
            organization=fund, by=ivo, fee_ppm=0, iban=IBAN, bic="", account_holder="Fund"
        )
        asked = hosting.apply(
            collective=seedlings, host=host, message="Hello",
            by=Party.objects.get(name="Bob Haddad"),
        )  # fmt: skip
        hosting.approve(application=asked, by=ivo)

    with pytest.raises(actions.NotTogether):
        granted(gardens, gardens if to == "itself" else seedlings, elena)


def test_a_grant_says_what_it_is_for(gardens: Collective, dan: Party, elena: Party) -> None:
    with pytest.raises(actions.PurposeMissing):
        actions.file_grant(collective=gardens, payee=dan, item=item(500), purpose="  ", by=elena)


def test_an_admin_grants_to_somebody_who_is_paid_where_they_said(
    gardens: Collective, dan: Party, bob: Party, elena: Party, carol: Party
) -> None:
    mona = person("Mona Sels")
    people.grant(person=mona, party=gardens, role=Role.MEMBER, by=bob)
    method = actions.add_payout_method(party=dan, holder="Dan Okafor", iban=IBAN, by=dan)
    put_in_the_pot(gardens, 8000)

    grant = granted(gardens, dan, elena)
    with pytest.raises(NotAllowed):
        granted(gardens, dan, mona)

    assert grant.payout_method == method
    paid = actions.pay(expense=actions.approve(expense=grant, by=bob), by=carol)
    assert paid.status == "in payment"
