"""Every line of a statement finds what it is for, or waits for a person with its question."""

import io
from datetime import UTC, date, datetime, time, timedelta

import pytest

from banking.conftest import DAY, EUR, HIS
from cast import start
from commonweal.banking import actions, queries
from commonweal.banking.models import BankFile, BankLine, BankStatement, Match
from commonweal.collectives.models import Collective
from commonweal.demo.statements import camt
from commonweal.foundation import clock
from commonweal.foundation.sealed import opened
from commonweal.giving import actions as giving
from commonweal.giving.models import Contribution
from commonweal.hosting import actions as hosting
from commonweal.ledger.models import Transaction
from commonweal.payments.models import Charge


@pytest.fixture(autouse=True)
def _all_is_explained(request):
    """After each test, what is not placed is what waits, and the books hold what the bank holds."""
    yield
    request.getfixturevalue("db")
    assert queries.unexplained() == []


def only_match():
    return Match.objects.get(undone_at=None)


def test_a_gift_with_its_reference_is_settled(bank, line, promised, reference, holds, gardens):
    gift = promised("20.00")

    bank(line("20.00", reference=reference(gift)))

    gift.refresh_from_db()
    match = only_match()
    assert (gift.status, gift.received_minor) == ("settled", 2000)
    assert (match.reason, match.certainty, match.line.state) == ("reference", 100, "placed")
    assert holds("FUNDS", party=gardens) == EUR("19.00")
    assert holds("BANK") == EUR("-1020")
    assert holds("UNPLACED") == EUR("0")


def test_the_same_file_twice_and_the_same_lines_again_change_nothing(
    bank, line, promised, reference, commons, carol
):
    gift = line("20.00", reference=reference(promised()))
    fee = line("-2.50", iban="", name="", code="NCHG")
    first = bank(gift, kind="052")
    whole = bank(gift, fee)
    posted = Transaction.objects.count()

    with whole.file.file.open("rb") as kept:
        content = io.BytesIO(b"".join(opened(kept)))
    again = actions.take(host=commons, name="again.xml", content=content, by=carol)
    newer = bank(gift, fee, opening=EUR("1000"), version=4)

    assert (first.new, whole.new, whole.known) == (1, 1, 1)
    assert (again.again, again.new, newer.new, newer.known) == (True, 0, 0, 2)
    assert Transaction.objects.count() == posted
    assert BankFile.objects.count() == 3


def question(found):
    found.refresh_from_db()
    return found.question


def test_less_or_more_than_promised_is_settled_as_it_came(bank, line, promised, reference):
    less, more = promised("20.00"), promised("30.00")

    bank(line("15.00", reference=reference(less)), line("31.50", reference=reference(more)))

    assert [one.reason for one in Match.objects.all()] == ["reference_other_amount"] * 2
    less.refresh_from_db()
    more.refresh_from_db()
    assert (less.received_minor, more.received_minor) == (1500, 3150)


def test_a_gift_that_was_kept_already_waits_for_a_person(
    bank, line, promised, reference, newest, carol
):
    gift = promised("20.00")
    bank(line("20.00", reference=reference(gift)))
    bank(line("20.00", reference=reference(gift)))
    double = newest()
    share = actions.Share("gift", 2000, contribution=gift)

    assert question(double) == "kept_already"
    assert double.about == [gift.pk]
    actions.place(line=double, shares=[share], by=carol)

    gift.refresh_from_db()
    assert gift.received_minor == 4000


def test_a_promise_of_each_month_is_kept_by_each_month_once(bank, line, promised, reference):
    monthly = promised("10.00", interval="month")
    months = [DAY + timedelta(days=30 * month) for month in range(3)]

    bank(*[line("10.00", reference=reference(monthly), on=on) for on in months])
    bank(line("10.00", on=DAY + timedelta(days=90)))  # no reference: the account and the rhythm
    bank(line("10.00", reference=reference(monthly), on=DAY + timedelta(days=93)))

    monthly.refresh_from_db()
    reasons = list(Match.objects.order_by("pk").values_list("reason", flat=True))
    assert monthly.received_minor == 4000
    assert reasons == ["reference"] * 3 + ["known_account"]
    assert BankLine.objects.get(state="asked").question == "too_soon"
    charges = Charge.objects.filter(subject=f"contribution:{monthly.pk}").order_by("pk")
    periods = [f"{DAY.year}-{DAY.month + month:02d}" for month in range(4)]
    assert list(charges.values_list("period", flat=True)) == periods


def test_a_quiet_standing_order_wakes_when_its_bank_sends_money_again(
    bank, line, promised, reference
):
    monthly = promised("10.00", interval="month")
    bank(line("10.00", reference=reference(monthly)))
    with clock.moved_to(datetime.combine(DAY + timedelta(days=80), time(9), UTC)):
        giving.miss(contribution=monthly, by=None)
    monthly.refresh_from_db()
    assert (monthly.standing, monthly.missed) == ("quiet", 2)

    on = DAY + timedelta(days=93)
    bank(line("10.00", reference=reference(monthly), on=on))

    monthly.refresh_from_db()
    assert (monthly.standing, monthly.missed) == ("on", 0)
    assert monthly.next_due_on > on


def test_a_standing_order_that_was_stopped_is_asked_about(bank, line, promised, reference, newest):
    monthly = promised("10.00", interval="month")
    bank(line("10.00", reference=reference(monthly)))
    giving.stop(contribution=monthly, by=monthly.contributor)

    bank(line("10.00", reference=reference(monthly), on=DAY + timedelta(days=30)))

    assert question(newest()) == "ended"


def test_one_transfer_for_two_gifts_is_split_where_the_sum_fits(
    bank, line, promised, reference, newest
):
    one, other = promised("20.00"), promised("5.00")
    both = f"{reference(one)} en {reference(other)}"

    bank(line("24.00", both))
    short = newest()
    bank(line("25.00", both))

    assert question(short) == "sums_differ"
    assert [match.amount_minor for match in Match.objects.order_by("number")] == [2000, 500]
    assert set(Contribution.objects.values_list("status", flat=True)) == {"settled"}


def test_a_reference_of_somebody_else_is_asked_about(
    bank, line, promised, reference, neighbour, newest
):
    hers = promised("10.00", interval="month")
    his = promised("10.00", interval="month", who=neighbour)
    bank(line("10.00", reference=reference(hers)))
    later = DAY + timedelta(days=31)

    bank(line("10.00", reference=reference(his), on=later))

    assert question(newest()) == "other_payer"
    assert newest().about == [his.pk, hers.pk]


def test_two_promises_of_one_account_and_one_amount_are_asked_about(
    bank, line, promised, reference, newest
):
    one, other = promised("10.00", interval="month"), promised("10.00", interval="month")
    bank(line("10.00", reference=reference(one)), line("10.00", reference=reference(other)))

    bank(line("10.00", "support", on=DAY + timedelta(days=31)))

    assert question(newest()) == "several"


def test_a_name_alone_places_nothing(bank, line, promised, newest, commons):
    gift = promised("20.00")

    bank(line("20.00", "for the garden", name="Alice Peeters", iban=HIS))

    assert question(newest()) == "nothing"
    assert [one.contribution for one in queries.suggestions([newest()])[newest().pk]] == [gift]


def test_what_a_person_confirmed_before_is_recognised(
    bank, line, promised, reference, holds, carol, gardens
):
    gift = promised("20.00")
    giving.confirm_transfer(
        contribution=gift, amount=EUR("20.00"), arrived_on=DAY - timedelta(days=1), by=carol
    )

    bank(line("20.00", reference=reference(gift)))

    assert (only_match().reason, only_match().was_confirmed) == ("confirmed", True)
    assert holds("FUNDS", party=gardens) == EUR("19.00")
    assert holds("BANK") == EUR("-1020")


def test_money_that_nobody_promised_goes_to_a_group_and_the_account_is_known_from_then(
    bank, line, newest, carol, gardens, holds
):
    bank(line("40.00", "voor de tuin"))
    share = actions.Share("new_gift", 4000, collective=gardens, words="")
    actions.place(line=newest(), shares=[share], by=carol)
    gift = Contribution.objects.get()

    bank(line("12.00", on=DAY + timedelta(days=9)))

    assert (gift.incognito, gift.status, holds("FUNDS", party=gardens)) == (
        True, "settled", EUR("38.00"),
    )  # fmt: skip
    assert question(newest()) == "nothing"
    assert [one.collective for one in queries.suggestions([newest()])[newest().pk]] == [gardens]


def test_a_line_is_split_between_gift_own_and_what_goes_back(
    bank, line, promised, newest, carol, holds
):
    gift = promised("20.00")
    bank(line("50.00", iban=HIS))
    shares = [
        actions.Share("gift", 2000, contribution=gift),
        actions.Share("own", 2500, words="Rent of the hall"),
        actions.Share("return", 500),
    ]
    with pytest.raises(actions.DoesNotSum):
        actions.place(line=newest(), shares=shares[:2], by=carol)

    actions.place(line=newest(), shares=shares, by=carol)

    assert (holds("HOST_OWN"), holds("PAYOUTS"), holds("UNPLACED")) == (
        EUR("25"), EUR("5"), EUR("0"),
    )  # fmt: skip
    bank(line("-5.00", iban=HIS))
    assert Match.objects.latest("pk").reason == "payout_account"
    assert (holds("PAYOUTS"), holds("BANK")) == (EUR("0"), EUR("-1045"))


def test_undoing_reverses_and_the_promise_waits_again(
    bank, line, promised, reference, newest, carol, holds, gardens
):
    gift = promised("20.00")
    known = reference(gift)
    bank(line("20.00", reference=known))

    actions.undo(line=newest(), by=carol)

    gift.refresh_from_db()
    assert (gift.status, gift.received_minor) == ("pledged", 0)
    assert holds("FUNDS", party=gardens) == EUR("0")
    assert holds("UNPLACED") == EUR("20")
    assert reference(gift) == known
    with pytest.raises(actions.NotPlaced):
        actions.undo(line=newest(), by=carol)

    share = actions.Share("gift", 2000, contribution=gift)
    actions.place(line=newest(), shares=[share], by=carol)
    gift.refresh_from_db()
    assert (gift.status, gift.received_minor) == ("settled", 2000)
    with pytest.raises(actions.PlacedAlready):
        actions.place(line=newest(), shares=[share], by=carol)


@pytest.mark.parametrize("confirmed_on", [DAY, DAY - timedelta(days=3)])
def test_undoing_what_was_recognised_or_kept_leaves_it_to_be_placed(
    bank, line, promised, reference, newest, carol, holds, confirmed_on
):
    gift = promised("20.00")
    giving.confirm_transfer(
        contribution=gift, amount=EUR("20.00"), arrived_on=confirmed_on, by=carol
    )
    bank(line("20.00", reference=reference(gift)))
    recognised = newest()
    bank(line("-3.00", iban="", name="", code="CHRG"))

    actions.undo(line=recognised, by=carol)
    actions.undo(line=newest(), by=carol)

    assert holds("UNPLACED") == EUR("17")
    assert Match.objects.filter(undone_at=None).count() == 0


def test_a_gift_that_the_bank_takes_back_leaves_the_pot_with_its_fees(
    bank, line, promised, reference, holds, gardens
):
    gift = promised("20.00")
    bank(line("20.00", reference=reference(gift)))

    bank(line("-20.00", reason="MD06", is_return=True, on=DAY + timedelta(days=5)))
    bank(line("-20.00", reason="MD06", is_return=True, on=DAY + timedelta(days=6)))

    gift.refresh_from_db()
    assert (gift.status, holds("FUNDS", party=gardens)) == ("refunded", EUR("0"))
    assert holds("UNPLACED") == EUR("-20")  # the second one waits for a person


def test_a_gift_that_goes_back_is_seen_leaving(bank, line, promised, reference, carol, holds):
    gift = promised("20.00")
    bank(line("20.00", reference=reference(gift)))
    giving.refund(contribution=gift, amount=EUR("8.00"), by=carol)

    bank(line("-8.00", on=DAY + timedelta(days=2)))

    assert only_match_of("refund").reason == "sent_back"
    assert (holds("CHARGES"), holds("BANK")) == (EUR("0"), EUR("-1012"))


def only_match_of(kind):
    return Match.objects.get(kind=kind)


def test_what_the_bank_costs_is_the_hosts_own_and_the_unknown_waits(bank, line, holds, newest):
    bank(line("-2.50", iban="", name="", code="CHRG"), line("-9.00", "garage", iban=HIS))

    assert (only_match().kind, holds("HOST_OWN")) == ("own", EUR("-2.50"))
    assert (question(newest()), holds("UNPLACED")) == ("went_out", EUR("-9.00"))


def test_gaps_and_wrong_beginnings_are_pointed_out(bank, line):
    bank(line("10.00", on=DAY))
    bank(line("10.00", on=DAY + timedelta(days=1)))
    bank(line("10.00", on=DAY + timedelta(days=3)), opening=EUR("1025.00"))

    assert list(BankStatement.objects.order_by("pk").values_list("gap_minor", flat=True)) == [
        0, 0, 500,
    ]  # fmt: skip


def test_statements_in_any_order_leave_the_same_books(bank, line, holds, commons):
    bank(line("10.00", on=date(2026, 4, 2)), opening=EUR("1030"))
    bank(line("30.00", on=date(2026, 3, 2)), opening=EUR("1000"))

    assert holds("BANK") == EUR("-1040")
    assert holds("OPENING") == EUR("1000")
    assert queries.compared(commons).difference == EUR("0")


def test_the_desk_says_where_bank_and_books_differ(bank, line, promised, carol, commons):
    bank(line("10.00"))
    giving.confirm_transfer(
        contribution=promised(), amount=EUR("20.00"), arrived_on=DAY + timedelta(days=1), by=carol
    )

    found = queries.compared(commons)

    assert (found.bank, found.books, found.difference) == (EUR("1010"), EUR("1030"), EUR("-20"))


def test_a_statement_of_somebody_elses_account_is_refused_unless_it_is_said_to_be_ours(
    commons, carol, line
):
    content = camt([line("1.00")], account=HIS, opening=EUR("0"))
    with pytest.raises(actions.NotOurAccount):
        actions.take(host=commons, name="x", content=io.BytesIO(content), by=carol)
    assert not BankFile.objects.exists()

    taken = actions.take(
        host=commons, name="x", content=io.BytesIO(content), by=carol, is_ours=True
    )

    assert taken.new == 1


def test_one_line_that_is_refused_does_not_hold_up_the_others(
    bank, line, promised, reference, gardens, commons, bob, hana, brussels
):
    other = start(bob, brussels, "Sprouts")
    asked = hosting.apply(collective=other, host=commons, message="Hello", by=bob)
    left = hosting.approve(application=asked, by=hana)
    stuck, fine = promised("10.00", group=Collective.objects.get(pk=other.pk)), promised()
    hosting.leave(hosting=left, by=bob)  # its pot is closed, and the money comes all the same

    bank(line("10.00", reference=reference(stuck)), line("20.00", reference=reference(fine)))

    assert [one.state for one in BankLine.objects.order_by("pk")] == ["asked", "placed"]
