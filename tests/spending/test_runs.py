"""Pay runs: forty people with one file, nobody twice, and every cent explained."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import sepaxml
import xmlschema
from django.core import mail
from django.db import IntegrityError, connection, transaction

from cast import person, start
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.hosting import actions as hosting
from commonweal.ledger.models import Chart
from commonweal.mail import reader
from commonweal.payments import queries as payments
from commonweal.payments.models import Payout
from commonweal.people import actions as people
from commonweal.people.models import Role
from commonweal.spending import actions, queries
from commonweal.spending.actions import runs as refusals
from commonweal.spending.models import Expense, Payment, PayRun
from commonweal.spending.queries import runs
from spending.conftest import IBAN, filed, item, put_in_the_pot

COST = 1250
SCHEMA = Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"


@pytest.fixture
def ready(gardens, alice, bob):
    """Return three expenses of Alice's that Bob agreed to, with money for all of them."""
    put_in_the_pot(gardens, 10_000)
    return [agreed(gardens, alice, bob, item(COST), title=f"Thing {n}") for n in range(3)]


def agreed(group, by, admin, *items, **given):
    expense = actions.submit(expense=filed(group, by, *items, **given), by=by)
    return actions.approve(expense=expense, by=admin)


@pytest.fixture
def run(ready, commons, carol):
    """Return a run of the three, as Carol prepared it."""
    return actions.prepare(host=commons, expenses=[one.pk for one in ready], by=carol)


def statuses():
    return sorted(Expense.objects.values_list("status", flat=True))


def states(run):
    return [one.state for one in run.payments.order_by("expense")]


def in_file(file: bytes) -> list[tuple[str, str, str]]:
    """Return key, account and cents of each transfer, as an independent reader finds them."""
    told = xmlschema.XMLSchema(SCHEMA).to_dict(io.BytesIO(file), decimal_type=str)
    return [
        (one["PmtId"]["EndToEndId"], one["CdtrAcct"]["Id"]["IBAN"], one["Amt"]["InstdAmt"]["$"])
        for one in told["CstmrCdtTrfInitn"]["PmtInf"][0]["CdtTrfTxInf"]
    ]


def test_a_run_goes_from_chosen_to_paid(run, carol, in_the_pot):
    assert (run.number, run.status, in_the_pot()) == (1, "prepared", 10_000)

    run = actions.release(run=run, by=carol)
    assert (run.status, statuses(), in_the_pot()) == ("released", ["in payment"] * 3, 6250)
    assert not payments.unexplained()

    kind, _ = actions.take_file(run=run, by=carol)
    assert kind == "pain.001.001.09"
    assert set(Payout.objects.values_list("state", flat=True)) == {"sent"}
    assert not payments.unexplained()

    actions.mark_run_paid(run=run, on=date(2026, 11, 23), reference="S-1", by=carol)
    assert (statuses(), states(run), in_the_pot()) == (["paid"] * 3, ["paid"] * 3, 6250)
    assert not payments.unexplained()


def test_the_file_says_what_the_books_say(run, ready, carol):
    _, file = actions.take_file(run=actions.release(run=run, by=carol), by=carol)

    keys = [one.uuid.hex for one in Payout.objects.order_by("pk")]
    assert in_file(file) == [(key, IBAN, "12.50") for key in keys]
    assert [queries.payouts(one)[0].external_id for one in ready_again(ready)] == keys


def ready_again(ready):
    return Expense.objects.filter(pk__in=[one.pk for one in ready]).order_by("pk")


def test_an_expense_of_two_categories_is_one_transfer(gardens, commons, alice, bob, carol):
    put_in_the_pot(gardens, 10_000)
    two = agreed(gardens, alice, bob, item(1000, Chart.VENUE), item(500, Chart.TRAVEL))
    run = actions.prepare(host=commons, expenses=[two.pk], by=carol)

    _, file = actions.take_file(run=actions.release(run=run, by=carol), by=carol)

    first, second = Payout.objects.order_by("pk")
    assert in_file(file) == [(first.uuid.hex, IBAN, "15.00")]
    assert first.external_id == second.external_id == first.uuid.hex


def test_the_file_is_the_same_each_time_and_stands_encrypted(run, carol):
    run = actions.release(run=run, by=carol)

    with clock.moved_to(clock.now() + timedelta(hours=1)):
        first = actions.take_file(run=run, by=carol)
    assert actions.take_file(run=run, by=carol) == first

    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM spending_payrun")
        (stored,) = cursor.fetchone()
    assert stored
    assert IBAN not in stored
    assert "Document" not in stored


def test_a_run_is_released_once(run, carol, in_the_pot):
    actions.release(run=run, by=carol)
    actions.take_file(run=run, by=carol)

    with pytest.raises(refusals.RunMovedOn):
        actions.release(run=run, by=carol)
    assert in_the_pot() == 6250


def test_an_expense_is_in_one_living_run(run, ready, commons, carol, hana):
    with pytest.raises(refusals.ChosenElsewhere):
        actions.prepare(host=commons, expenses=[ready[0].pk], by=hana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            run=run, expense=ready[0], version=1, amount_minor=COST, currency="EUR"
        )

    actions.cancel(run=run, by=carol)
    again = actions.prepare(host=commons, expenses=[ready[0].pk], by=hana)

    assert (again.number, PayRun.objects.count()) == (2, 2)


@pytest.mark.parametrize("released", [False, True])
def test_a_cancelled_run_frees_its_expenses_and_gives_the_money_back(
    released, run, carol, in_the_pot
):
    if released:
        actions.release(run=run, by=carol)
    mail.outbox.clear()

    actions.cancel(run=run, by=carol)

    assert (statuses(), in_the_pot()) == (["approved"] * 3, 10_000)
    assert states(run) == ["freed"] * 3
    assert not payments.unexplained()
    while reader.read():
        pass
    assert not [letter for letter in mail.outbox if "sent it back" in letter.subject]
    with pytest.raises(refusals.RunMovedOn):
        actions.take_file(run=run, by=carol)


def test_a_run_whose_file_was_taken_is_not_cancelled(run, carol):
    actions.take_file(run=actions.release(run=run, by=carol), by=carol)

    with pytest.raises(refusals.RunMovedOn):
        actions.cancel(run=run, by=carol)


def test_once_the_bank_has_begun_the_file_is_not_given_out_again(run, ready, carol):
    actions.take_file(run=actions.release(run=run, by=carol), by=carol)
    actions.return_payment(expense=ready[0], on=clock.today(), reason="", code="AC04", by=carol)

    with pytest.raises(refusals.FileClosed):
        actions.take_file(run=run, by=carol)
    assert states(run) == ["returned", "held", "held"]


def test_one_payment_of_an_untaken_file_does_not_come_back_alone(run, ready, carol):
    actions.release(run=run, by=carol)

    with pytest.raises(Refused, match="Cancel its pay run"):
        actions.return_payment(expense=ready[0], on=clock.today(), reason="", by=carol)


def test_what_came_back_is_paid_in_another_run_and_only_once(
    run, ready, commons, carol, in_the_pot
):
    actions.take_file(run=actions.release(run=run, by=carol), by=carol)
    actions.mark_run_paid(run=run, on=clock.today(), reference="S-1", by=carol)
    actions.return_payment(expense=ready[1], on=clock.today(), reason="", code="AC01", by=carol)
    assert in_the_pot() == 7500
    with pytest.raises(refusals.ChosenElsewhere):
        actions.prepare(host=commons, expenses=[ready[1].pk], by=carol)

    actions.retry(expense=ready[1], by=carol)
    again = actions.prepare(host=commons, expenses=[ready[1].pk], by=carol)
    _, file = actions.take_file(run=actions.release(run=again, by=carol), by=carol)

    assert len(in_file(file)) == 1
    assert in_file(file)[0][0] == Payout.objects.order_by("-pk").first().uuid.hex
    assert (states(run), in_the_pot()) == (["paid", "returned", "paid"], 6250)
    assert not payments.unexplained()


def test_what_still_fits_is_paid_and_the_rest_says_why(gardens, commons, alice, bob, carol, hana):
    put_in_the_pot(gardens, 3 * COST)
    names = ("paid", "changed", "paid elsewhere", "own", "replaced", "too dear", "paid too")
    costs = {"too dear": 9000}
    ready = {
        name: agreed(
            gardens, carol if name == "own" else person("Eve Martens") if name == "replaced"
            else alice, bob, item(costs.get(name, COST)), title=name,
        )
        for name in names
    }  # fmt: skip
    run = actions.prepare(host=commons, expenses=[one.pk for one in ready.values()], by=hana)
    changed = ready["changed"]
    actions.edit(
        expense=changed, title="Gold", items=[item(2)], by=alice,
        payout_method=changed.payout_method,
    )  # fmt: skip
    actions.approve(expense=changed, by=bob)
    actions.pay(expense=ready["paid elsewhere"], by=hana)
    eve = ready["replaced"].payee
    actions.add_payout_method(party=eve, holder=eve.name, iban="BE71096123456769", by=eve)

    actions.release(run=run, by=carol)

    told = {one.expense.title: (one.state, one.reason) for one in runs.payments_of(run)}
    assert told == {
        "paid": ("held", ""),
        "Gold": ("left out", "moved on"),
        "paid elsewhere": ("left out", "moved on"),
        "own": ("left out", "own"),
        "replaced": ("left out", "replaced"),
        "too dear": ("left out", "too little"),
        "paid too": ("held", ""),
    }
    _, file = actions.take_file(run=run, by=carol)
    assert len(in_file(file)) == 2


def test_where_nothing_fits_nothing_moves(gardens, commons, alice, bob, carol, in_the_pot):
    put_in_the_pot(gardens, 100)
    run = actions.prepare(host=commons, expenses=[agreed(gardens, alice, bob).pk], by=carol)

    with pytest.raises(refusals.NothingFits):
        actions.release(run=run, by=carol)
    run.refresh_from_db()
    assert (run.status, states(run), in_the_pot()) == ("prepared", ["chosen"], 100)


def test_two_persons_pay_where_the_host_wants_it(run, commons, carol, hana):
    actions.set_pay_terms(
        host=commons, second_person=True, second_lock=False, file_kind="pain.001.001.03",
        as_one=False, by=hana,
    )  # fmt: skip

    with pytest.raises(refusals.SecondPerson):
        actions.release(run=run, by=carol)
    released = actions.release(run=run, by=hana)

    assert (released.file_kind, released.released_by) == ("pain.001.001.03", hana)
    assert "<BtchBookg>false" in released.file


def test_only_who_handles_the_money_prepares(ready, commons, bob, dan):
    for stranger in (bob, dan):
        with pytest.raises(NotAllowed):
            actions.prepare(host=commons, expenses=[ready[0].pk], by=stranger)


def test_nobody_prepares_their_own(gardens, commons, bob, carol):
    mine = agreed(gardens, carol, bob)

    with pytest.raises(NotAllowed, match="their own"):
        actions.prepare(host=commons, expenses=[mine.pk], by=carol)


@pytest.mark.parametrize(
    ("expenses", "refusal"),
    [([], refusals.NothingChosen), (range(501), refusals.TooMany), ([0], refusals.ChosenElsewhere)],
)
def test_a_run_pays_something_and_not_too_much(commons, carol, expenses, refusal):
    with pytest.raises(refusal):
        actions.prepare(host=commons, expenses=expenses, by=carol)


def test_a_host_pays_for_its_own_groups_only(ready, carol, brussels):
    ivo = person("Ivo Janssens")
    fund = people.create_organization(name="Green Fund", by=ivo, place=brussels)
    other = hosting.become_host(
        organization=fund, by=ivo, fee_ppm=0, iban=IBAN, bic="", account_holder="Fund"
    )
    people.grant(person=carol, party=fund, role=Role.ACCOUNTANT, by=ivo)

    with pytest.raises(refusals.ChosenElsewhere):
        actions.prepare(host=other, expenses=[ready[0].pk], by=carol)


def test_who_takes_the_file_saw_every_number_in_it(run, alice, carol):
    actions.take_file(run=actions.release(run=run, by=carol), by=carol)

    assert [look.by for look in queries.looks(alice)] == [carol] * 3


def test_the_bank_is_asked_on_a_banking_day(ready, commons, carol):
    saturday = date(2030, 12, 28)
    run = actions.prepare(host=commons, expenses=[ready[0].pk], execute_on=saturday, by=carol)

    assert run.execute_on == date(2030, 12, 30)


def test_a_payee_is_told_why_it_came_back_and_others_are_not(run, ready, carol):
    actions.take_file(run=actions.release(run=run, by=carol), by=carol)
    actions.return_payment(expense=ready[0], on=clock.today(), reason="", code="AC04", by=carol)
    while reader.read():
        pass

    (letter,) = [one for one in mail.outbox if "sent it back" in one.subject]
    assert letter.to == ["alice@example.org"]
    assert "The account is closed. Give us another one." in letter.body
    assert "AC04" not in str([(one.note, one.data) for one in queries.timeline(ready[0])])


def test_what_was_not_sent_is_no_news_for_the_payee(run, ready, carol):
    actions.take_file(run=actions.release(run=run, by=carol), by=carol)
    actions.return_payment(expense=ready[0], on=clock.today(), reason="", code="NOT_SENT", by=carol)
    while reader.read():
        pass

    assert not [one for one in mail.outbox if "sent it back" in one.subject]


def test_a_payee_gets_a_note_of_what_was_paid(run, carol):
    actions.take_file(run=actions.release(run=run, by=carol), by=carol)
    actions.mark_run_paid(run=run, on=date(2026, 11, 23), reference="S-1", by=carol)
    while reader.read():
        pass

    notes = [one for one in mail.outbox if one.subject.startswith("Paid:")]
    assert len(notes) == 3
    for words in ("€12.50 from Gardens", "BE•• •••• 7034", "23 November 2026"):
        assert words in notes[0].body
    assert Payout.objects.filter(external_id__in=notes[0].body.split()).exists()


def test_another_group_of_the_host_pays_from_its_own_pot(
    ready, commons, carol, alice, bob, hana, brussels, in_the_pot
):
    bikes = start(bob, brussels, "Bikes")
    hosting.approve(
        application=hosting.apply(collective=bikes, host=commons, message="Hello", by=bob), by=hana
    )
    put_in_the_pot(bikes, 2000)
    bikes.refresh_from_db()
    bike = agreed(bikes, alice, bob)
    run = actions.prepare(host=commons, expenses=[ready[0].pk, bike.pk], by=carol)

    actions.release(run=run, by=carol)

    assert (in_the_pot(), queries.pot_of(bikes)) == (10_000 - COST, Money(2000 - COST, "EUR"))
