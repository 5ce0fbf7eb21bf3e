"""What the accountant is told before paying."""

from __future__ import annotations

from io import BytesIO

import pytest

from cast import person
from commonweal.foundation import clock
from commonweal.people import actions as people
from commonweal.people.models import Role
from commonweal.spending import actions
from commonweal.spending.models import Expense, Receipt
from commonweal.spending.queries import runs
from commonweal.spending.queries.checks import checked, remains
from commonweal.spending.rules.checks import is_unusual
from foundation.test_looks import slip as drawn
from spending.conftest import IBAN, item, photo, put_in_the_pot
from spending.test_runs import agreed

OTHER = "BE71096123456769"


@pytest.fixture
def told(commons, carol):
    """Return what Carol is told about each expense she may pay, by title."""
    return lambda: {
        one.expense.title: one.found for one in checked(runs.payable(commons), commons, by=carol)
    }


@pytest.fixture
def known(gardens, alice, bob, carol):
    """Let Alice have been paid before, often and alike."""
    put_in_the_pot(gardens, 1_000_000)
    for number in range(6):
        expense = actions.pay(
            expense=agreed(gardens, alice, bob, item(1000 + 10 * number)), by=carol
        )
        actions.mark_paid(expense=expense, on=clock.today(), reference="", by=carol)
    return alice


def test_somebody_known_is_paid_without_a_word(known, gardens, bob, told):
    agreed(gardens, known, bob, item(1500), title="Soil")

    assert told() == {"Soil": ()}


def test_each_thing_to_look_at_is_told(known, gardens, alice, bob, carol, told):
    eve = person("Eve Martens")
    agreed(gardens, eve, bob, title="to somebody new")
    agreed(gardens, carol, bob, title="to the accountant")
    agreed(gardens, alice, bob, item(900_000), title="dear")
    agreed(gardens, alice, bob, item(95_000), title="dear too")
    agreed(gardens, alice, bob, title="no receipt")
    Receipt.objects.filter(expense__title="no receipt").delete()

    assert told() == {
        "to somebody new": ("first", "shared"),
        "to the accountant": ("own", "first", "shared"),
        "dear": ("shared", "unusual"),
        "dear too": ("not for all", "shared", "unusual"),
        "no receipt": ("no receipt", "shared"),
    }


def test_an_account_that_changed_is_told_about_at_each_stage(known, gardens, bob, carol, told):
    agreed(gardens, known, bob, title="Soil")
    method = actions.add_payout_method(party=known, holder="Bob Haddad", iban=OTHER, by=known)
    assert told() == {"Soil": ("replaced",)}

    expense = Expense.objects.get(title="Soil")
    expense = actions.edit(
        expense=expense, title="Soil", items=[item(1000)], by=known, payout_method=method
    )
    actions.approve(expense=expense, by=bob)
    assert told() == {"Soil": ("waits", "other name")}

    actions.verify_account(expense=expense, by=carol)
    assert told() == {"Soil": ("changed lately", "other name")}


def test_what_cannot_be_paid_is_told(gardens, alice, bob, told):
    agreed(gardens, alice, bob, title="empty pot")
    Expense.objects.update(payout_method=None)

    assert told() == {"empty pot": ("no account", "too little", "first")}


def test_an_approver_who_speaks_for_the_payee_is_told(known, gardens, bob, carol, told):
    pat = person("Pat Boon")
    shop = people.create_organization(name="Seed Shop", by=pat)
    method = actions.add_payout_method(party=shop, holder="Seed Shop", iban=OTHER, by=pat)
    expense = actions.file(
        collective=gardens, kind="invoice", title="Soil", items=[item(1000)], by=pat, payee=shop,
        payout_method=method, invoice_number="7",
    )  # fmt: skip
    actions.attach_receipt(expense=expense, content=photo(), name="invoice.jpg", by=pat)
    actions.submit(expense=expense, by=pat)
    actions.approve(expense=expense, by=bob)
    people.grant(person=bob, party=shop, role=Role.ADMIN, by=pat)

    assert "approver" in told()["Soil"]


def test_a_paper_that_was_sent_before_is_told(known, gardens, alice, bob, told):
    slip, other, scan = BytesIO(), BytesIO(), BytesIO()
    drawn(1).save(slip, "JPEG")
    drawn(1).resize((300, 450)).save(other, "JPEG", quality=50)
    drawn(2).save(scan, "JPEG")
    for title, sent in {"a": slip, "b": slip, "c": other, "d": scan}.items():
        expense = agreed(gardens, alice, bob, item(1010), title=title)
        expense.receipts.all().delete()
        actions.attach_receipt(expense=expense, content=sent.getvalue(), name="x", by=alice)

    assert told() == {
        "a": ("same receipt",), "b": ("same receipt",), "c": ("receipt alike",), "d": (),
    }  # fmt: skip
    actions.withdraw(expense=Expense.objects.get(title="a"), by=alice)
    assert told()["b"] == ("receipt alike",)


def test_an_invoice_that_was_asked_for_before_is_told(known, gardens, alice, bob, told):
    for title, number, minor in [("a", "7", 1010), ("b", "7", 1010), ("c", "8", 1010),
                                 ("d", "7", 1020), ("e", "", 1010)]:  # fmt: skip
        expense = agreed(gardens, alice, bob, item(minor), title=title)
        Expense.objects.filter(pk=expense.pk).update(invoice_number=number)

    assert {title for title, found in told().items() if "same invoice" in found} == {"a", "b"}


def test_an_approver_with_the_payees_account_is_told(known, gardens, alice, bob, told):
    agreed(gardens, alice, bob, item(1010), title="Soil")
    actions.add_payout_method(party=bob, holder="Bob", iban=IBAN, by=bob)

    assert told()["Soil"] == ("shared", "approver")


def test_what_remains_is_told_for_each_group(gardens, commons, alice, bob):
    put_in_the_pot(gardens, 5000)
    some = [agreed(gardens, alice, bob, title=f"Thing {n}") for n in range(2)]

    (row,) = remains(commons, some)

    assert (row.group, row.pot.minor, row.cost.minor, row.left.minor) == (
        "Gardens", 5000, 2500, 2500,
    )  # fmt: skip


def test_looking_costs_the_same_for_one_and_for_many(
    known, gardens, commons, bob, carol, django_assert_max_num_queries
):
    for number in range(12):
        agreed(gardens, known, bob, title=f"Thing {number}")
    expenses = runs.payable(commons)

    with django_assert_max_num_queries(15):
        assert len(checked(expenses, commons, by=carol)) == 12


@pytest.mark.parametrize(
    ("amount", "earlier", "unusual"),
    [
        (10_000, [], False),
        (10_000, [100] * 4, False),
        (10_000, [100] * 5, True),
        (190, [100] * 5, False),  # not twice as much
        (500, [100, 200, 300, 400, 500], False),
        (5000, [100, 110, 120, 130, 1_000_000], True),  # one wild amount hides nothing
    ],
)
def test_an_amount_is_unusual_where_it_lies_far_above_the_others(amount, earlier, unusual):
    assert is_unusual(amount, earlier) is unusual
