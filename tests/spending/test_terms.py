"""What hosts and groups ask before they pay: each rule, met and not met."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.core import mail

from cast import person
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.ledger.models import Chart
from commonweal.mail import reader
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.spending import actions
from commonweal.spending.actions.terms import NoSuchRule
from commonweal.spending.models import Expense
from commonweal.spending.policies import refusals
from commonweal.spending.rules import Item
from spending.conftest import filed, item

EUR = partial(Money.parse, currency="EUR")


@pytest.fixture
def elena(gardens: Collective, bob: Party) -> Party:
    """Return Elena, the second admin of Gardens."""
    elena = person("Elena Rossi")
    people.grant(person=elena, party=gardens, role=Role.ADMIN, by=bob)
    return elena


def asked(collective: Collective, by: Party, *items: Item) -> Expense:
    return actions.submit(expense=filed(collective, by, *items), by=by)


def asks(party: Party, by: Party, **terms: object) -> None:
    actions.set_expense_terms(party=party, currency="EUR", by=by, **terms)  # type: ignore[arg-type]


def test_two_people_agree_to_a_large_amount_and_the_second_gets_a_letter(
    gardens: Collective, commons: Host, alice: Party, bob: Party, elena: Party, hana: Party
) -> None:
    asks(commons.party, hana, two_from=EUR("500"))
    large, small = asked(gardens, alice, item(500_00)), asked(gardens, alice, item(499_99))

    assert actions.approve(expense=small, by=bob).status == "approved"
    assert actions.approve(expense=large, by=bob).status == "submitted"
    with pytest.raises(refusals.AgreedAlready, match="One more has to agree: Elena Rossi"):
        actions.approve(expense=large, by=bob)
    mail.outbox.clear()
    while reader.read():
        pass
    (letter,) = [one for one in mail.outbox if one.subject.startswith("One more has to agree")]
    assert letter.to == ["elena@example.org"]
    assert f"/gardens/expenses/{large.number}#move" in letter.body

    assert actions.approve(expense=large, by=elena).status == "approved"


def test_an_edit_voids_the_first_of_two_agreements(
    gardens: Collective, alice: Party, bob: Party, elena: Party
) -> None:
    asks(gardens.party, bob, two_from=EUR("500"))
    large = actions.approve(expense=asked(gardens, alice, item(500_00)), by=bob)

    large = actions.edit(
        expense=large, title="Gold", items=[item(600_00)], by=alice,
        payout_method=large.payout_method,
    )  # fmt: skip

    assert actions.approve(expense=large, by=elena).status == "submitted"


def test_another_bank_account_voids_what_was_agreed_to(
    gardens: Collective, alice: Party, bob: Party, carol: Party
) -> None:
    agreed = actions.approve(expense=asked(gardens, alice), by=bob)
    other = actions.add_payout_method(
        party=alice, holder=alice.name, iban="BE71096123456769", by=alice
    )

    with pytest.raises(actions.ReplacedAccount):
        actions.pay(expense=agreed, by=carol)
    changed = actions.edit(
        expense=agreed, title=agreed.title, items=[item(1250)], by=alice, payout_method=other
    )

    assert (changed.status, changed.version) == ("submitted", 2)


def test_above_a_limit_an_accountant_agrees_too_and_never_instead(
    gardens: Collective, alice: Party, bob: Party, elena: Party, carol: Party
) -> None:
    asks(gardens.party, bob, accountant_from=EUR("1000"))
    large, small = asked(gardens, alice, item(1000_00)), asked(gardens, alice, item(999_99))

    with pytest.raises(refusals.ForAdmins):
        actions.approve(expense=small, by=carol)
    assert actions.approve(expense=large, by=bob).status == "submitted"
    with pytest.raises(refusals.ForAccountants, match="Ask one of these: Hana Wouters, Carol"):
        actions.approve(expense=large, by=elena)
    assert actions.approve(expense=large, by=carol).status == "approved"


def test_a_small_amount_needs_no_receipt_where_host_and_group_say_so(
    gardens: Collective, commons: Host, alice: Party, bob: Party, hana: Party
) -> None:
    def bare(minor: int) -> Expense:
        expense = filed(gardens, alice, item(minor))
        actions.remove_receipt(receipt=expense.receipts.get(), by=alice)
        return actions.submit(expense=expense, by=alice)

    asks(gardens.party, bob, receipt_from=EUR("25"))
    with pytest.raises(refusals.ReceiptMissing):
        bare(10_00)  # the host has not said it, so a receipt is always wanted
    asks(commons.party, hana, receipt_from=EUR("30"))
    assert bare(24_99).status == "submitted"
    with pytest.raises(refusals.ReceiptMissing):
        bare(25_00)


def test_what_was_bought_too_long_ago_is_refused_but_not_what_was_asked_for_in_time(
    gardens: Collective, alice: Party, bob: Party
) -> None:
    bought = date(2026, 11, 18)
    with clock.moved_to(clock.now().replace(year=2026, month=11, day=20)):
        early, late = filed(gardens, alice), filed(gardens, alice)
        early = actions.submit(expense=early, by=alice)
        early = actions.ask_for_changes(expense=early, reason="Which seeds?", by=bob)
        asks(gardens.party, bob, within_days=30)
    with clock.moved_to(clock.now().replace(year=2026, month=12, day=19)):
        with pytest.raises(actions.TooLate, match=f"{bought}.*30 days.*Bob Haddad, Commons House"):
            actions.submit(expense=late, by=alice)

        assert actions.submit(expense=early, by=alice).version == 2


def test_only_some_categories_are_paid_for(
    gardens: Collective, commons: Host, alice: Party, bob: Party, hana: Party
) -> None:
    asks(commons.party, hana, categories=[Chart.TOOLS_PARTS, Chart.VENUE])
    asks(gardens.party, bob, categories=[Chart.TOOLS_PARTS, Chart.TRAVEL])

    assert asked(gardens, alice).status == "submitted"
    for category in (Chart.VENUE, Chart.TRAVEL):
        with pytest.raises(actions.NotPaidFor, match=str(category.label)):
            asked(gardens, alice, item(500, category))


@pytest.mark.parametrize(
    "nonsense",
    [
        {"two_from": EUR("0")}, {"receipt_from": Money(500, "USD")}, {"within_days": 0},
        {"categories": [Chart.GIFTS]},
    ],
)  # fmt: skip
def test_a_rule_makes_sense(nonsense: dict[str, object], gardens: Collective, bob: Party) -> None:
    with pytest.raises(NoSuchRule):
        asks(gardens.party, bob, **nonsense)
