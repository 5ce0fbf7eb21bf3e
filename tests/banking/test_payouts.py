"""Money that leaves: a payment is found by its key or its account, once, and may come back."""

import pytest

from banking.conftest import DAY, EUR, HERS
from commonweal.banking import actions, queries
from commonweal.banking.actions import CannotBeUndone
from commonweal.banking.models import BankLine, Match
from commonweal.payments.models import Payout
from commonweal.spending import actions as spending
from spending.conftest import filed, item, put_in_the_pot

TODAY = DAY


@pytest.fixture(autouse=True)
def _all_is_explained(request):
    yield
    request.getfixturevalue("db")
    assert queries.unexplained() == []


@pytest.fixture
def in_payment(gardens, alice, bob, carol):
    """Return an expense of Alice's, of one or two categories, whose money has left the pot."""

    def paid(*items):
        found = spending.submit(expense=filed(gardens, alice, *items), by=alice)
        put_in_the_pot(gardens, 5000)
        spending.approve(expense=found, by=bob)
        return spending.pay(expense=found, by=carol)

    return paid


def fresh(found):
    found.refresh_from_db()
    return found.status


def test_a_payment_is_found_by_its_key_and_its_expense_is_paid(bank, line, in_payment, holds):
    expense = in_payment()
    key = Payout.objects.get().uuid.hex

    bank(line("-12.50", end_to_end_id=key, iban="", name=""))

    assert (fresh(expense), Match.objects.get().reason) == ("paid", "payout")
    assert (holds("PAYOUTS"), holds("BANK"), holds("UNPLACED")) == (
        EUR("0"), EUR("-987.50"), EUR("0"),
    )  # fmt: skip


def test_one_transfer_pays_all_parts_of_an_expense(bank, line, in_payment):
    expense = in_payment(item(1000, 23), item(500, 26))

    bank(line("-15.00", iban=HERS))

    assert fresh(expense) == "paid"
    assert Match.objects.filter(kind="payout").count() == 2


def test_an_expense_is_paid_when_the_last_of_its_parts_has_left(bank, line, in_payment):
    expense = in_payment(item(1000, 23), item(500, 26))
    first, second = Payout.objects.order_by("pk")

    bank(line("-10.00", end_to_end_id=first.uuid.hex))
    assert fresh(expense) == "in payment"
    bank(line("-5.00", end_to_end_id=second.uuid.hex))

    assert fresh(expense) == "paid"


def test_what_was_marked_as_paid_by_hand_is_recognised_and_can_be_taken_apart_again(
    bank, line, in_payment, carol, holds
):
    expense = in_payment()
    spending.mark_paid(expense=expense, on=DAY, reference="", by=carol)

    bank(line("-12.50", iban=HERS))

    assert Match.objects.get().was_confirmed
    assert holds("BANK") == EUR("-987.50")
    actions.undo(line=BankLine.objects.get(), by=carol)
    assert holds("UNPLACED") == EUR("-12.50")


def test_a_payment_that_comes_back_is_in_the_pot_again(bank, line, in_payment, holds, gardens):
    expense = in_payment()
    bank(line("-12.50", iban=HERS))
    before = holds("FUNDS", party=gardens)

    bank(line("12.50", iban=HERS, is_return=True, reason="AC04"))

    assert fresh(expense) == "returned"
    assert holds("FUNDS", party=gardens) == before + EUR("12.50")
    assert (holds("PAYOUTS"), holds("BANK")) == (EUR("0"), EUR("-1000"))


def test_a_payment_confirmed_by_hand_that_comes_back_is_counted_once(
    bank, line, in_payment, carol, holds
):
    expense = in_payment()
    spending.mark_paid(expense=expense, on=DAY, reference="", by=carol)
    bank(line("-12.50", iban=HERS))

    bank(line("12.50", iban=HERS, is_return=True, reason="AC04"))

    assert fresh(expense) == "returned"
    assert (holds("BANK"), holds("UNPLACED")) == (EUR("-1000"), EUR("0"))


def test_the_server_confirms_a_payment_and_leaves_its_return_to_a_person(
    bank, line, in_payment, commons
):
    expense = in_payment()
    bank(line("-12.50", iban=HERS), sort=False)
    bank(line("12.50", iban=HERS, is_return=True), sort=False)

    actions.place_new(host=commons, by=None)

    assert Payout.objects.get().state == "paid"
    assert fresh(expense) == "paid"
    assert BankLine.objects.get(state="asked").amount_minor == 1250


def test_a_person_says_which_expense_left_and_money_that_left_is_not_undone(
    bank, line, in_payment, carol
):
    expense = in_payment()
    bank(line("-12.50", "to Alice", iban="", name=""))
    found = BankLine.objects.get()
    assert queries.expenses_for(found) == [expense]
    share = actions.Share("payout", -1250, expense=expense)

    actions.place(line=found, shares=[share], by=carol)

    assert fresh(expense) == "paid"
    with pytest.raises(CannotBeUndone):
        actions.undo(line=found, by=carol)


def test_a_line_is_no_payment_of_another_amount(bank, line, in_payment, carol):
    expense = in_payment()
    bank(line("-9.00", iban="", name=""))

    with pytest.raises(actions.DoesNotSum):
        actions.place(
            line=BankLine.objects.get(),
            shares=[actions.Share("payout", -900, expense=expense)], by=carol,
        )  # fmt: skip


def test_a_bank_file_is_settled_by_the_statement_alone(
    bank, line, gardens, commons, alice, bob, carol
):
    put_in_the_pot(gardens, 5000)
    filed_by_alice = filed(gardens, alice, item(1000, 23), item(500, 26))
    expense = spending.submit(expense=filed_by_alice, by=alice)
    spending.approve(expense=expense, by=bob)
    run = spending.prepare(host=commons, expenses=[expense.pk], by=carol)
    spending.take_file(run=spending.release(run=run, by=carol), by=carol)
    key = Payout.objects.first().external_id

    bank(line("-15.00", end_to_end_id=key, iban="", name=""), sort=False)
    actions.place_new(host=commons, by=None)

    assert fresh(expense) == "paid"
    assert [one.state for one in run.payments.all()] == ["paid"]
    assert Match.objects.filter(kind="payout", reason="payout").count() == 2
