"""Money that leaves: a payment is found by its key or its account, once, and may come back."""

import pytest

from banking.conftest import DAY, EUR, HERS
from commonweal.activity.models import Fact
from commonweal.banking import actions, queries
from commonweal.banking.actions import DoesNotSum
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


def test_a_line_taken_for_a_payment_is_undone_and_the_payment_waits_for_its_own(
    bank, line, in_payment, carol, holds
):
    expense = in_payment()
    bank(line("-12.50", "to Alice", iban="", name=""))
    found = BankLine.objects.get()
    assert queries.expenses_for(found) == [expense]
    share = actions.Share("payout", -1250, expense=expense)

    actions.place(line=found, shares=[share], by=carol)

    assert fresh(expense) == "paid"
    actions.undo(line=found, by=carol)
    assert (fresh(expense), expense.paid_on, Payout.objects.get().state) == (
        "in payment", None, "held",
    )  # fmt: skip
    assert (holds("PAYOUTS"), holds("UNPLACED")) == (EUR("12.50"), EUR("-12.50"))
    assert Fact.objects.filter(kind="expense.unpaid").count() == 1

    bank(line("-12.50", iban=HERS))
    assert fresh(expense) == "paid"
    actions.undo(line=BankLine.objects.latest("pk"), by=carol)
    actions.place(line=BankLine.objects.latest("pk"), shares=[share], by=carol)
    assert (fresh(expense), holds("PAYOUTS")) == ("paid", EUR("0"))


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


@pytest.fixture
def run_of_two(gardens, commons, alice, bob, carol):
    """Return a pay run of two expenses, of 15.00 and 10.00, that the bank has."""
    put_in_the_pot(gardens, 5000)
    numbers = []
    for items in ([item(1000, 23), item(500, 26)], [item(1000, 23)]):
        expense = spending.submit(expense=filed(gardens, alice, *items), by=alice)
        numbers.append(spending.approve(expense=expense, by=bob).pk)
    run = spending.prepare(host=commons, expenses=numbers, by=carol)
    spending.take_file(run=spending.release(run=run, by=carol), by=carol)
    return run


@pytest.mark.parametrize("is_named", [True, False])
def test_a_bank_that_shows_a_pay_run_as_one_lump_settles_all_of_it(
    bank, line, run_of_two, carol, is_named
):
    key = run_of_two.uuid.hex if is_named else ""

    bank(line("-25.00", end_to_end_id=key, iban="", name=""))

    assert [one.state for one in run_of_two.payments.all()] == ["paid", "paid"]
    assert {one.expense.status for one in run_of_two.payments.all()} == {"paid"}
    assert {one.reason for one in Match.objects.all()} == {"pay_run"}
    actions.undo(line=BankLine.objects.get(), by=carol)
    assert [one.state for one in run_of_two.payments.all()] == ["held", "held"]


def test_a_lump_of_another_amount_is_asked_about_and_the_difference_is_ones_own(
    bank, line, run_of_two, carol, sure
):
    bank(line("-25.40", iban="", name=""))
    found = BankLine.objects.get()
    assert found.question == "run_differs"
    page = sure(carol).get(f"/commons-house/hosting/bank/{found.pk}").text
    assert "€25.00 is open. The difference is +€0.40." in page
    whole = actions.Share("run", -2540, run=run_of_two)
    with pytest.raises(DoesNotSum):
        actions.place(line=found, shares=[whole], by=carol)

    typed = {
        "as_1": f"run-{run_of_two.pk}", "amount_1": "25.00", "as_2": "own", "amount_2": "0.40",
        "words": "What the bank costs",
    }  # fmt: skip
    answer = sure(carol).post(f"/commons-house/hosting/bank/{found.pk}", typed)
    assert answer["Location"] == "/commons-house/hosting/bank"

    assert [one.state for one in run_of_two.payments.all()] == ["paid", "paid"]


def test_money_that_left_for_something_else_is_no_pay_run(bank, line, run_of_two):
    bank(line("-7.00", iban="", name=""))

    assert BankLine.objects.get().question == "went_out"
