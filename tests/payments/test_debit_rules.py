"""Days, steps and answers of direct debits, by the rulebook."""

from datetime import date

import pytest

from commonweal.foundation.errors import Refused
from commonweal.hosting.rules import NotAnIban
from commonweal.payments.models import DebitReason
from commonweal.payments.rules import debits as rules


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("due", "released", "lead", "notice", "collected"),
    [
        (None, "2026-11-30", 1, 1, "2026-12-01"),  # Monday, then Tuesday
        ("2026-12-10", "2026-11-30", 1, 2, "2026-12-10"),
        ("2026-12-12", "2026-11-30", 1, 2, "2026-12-14"),  # a Saturday
        ("2026-11-01", "2026-11-27", 1, 1, "2026-11-30"),  # due long ago, told on a Friday
        (None, "2026-11-27", 2, 1, "2026-12-01"),  # two banking days
        (None, "2026-11-30", 1, 14, "2026-12-14"),
        (None, "2026-12-23", 1, 2, "2026-12-28"),  # Christmas
        (None, "2026-04-01", 1, 2, "2026-04-07"),  # Good Friday to Easter Monday
    ],
)
def test_money_is_collected_on_a_banking_day_that_the_giver_heard_of(
    due, released, lead, notice, collected
):
    found = rules.collect_on(
        due and day(due), released_on=day(released), lead_days=lead, notice_days=notice
    )

    assert found == day(collected)


@pytest.mark.parametrize(
    ("signed", "used", "ends"),
    [
        ("2026-01-31", None, "2029-01-31"),
        ("2024-02-29", None, "2027-02-28"),
        ("2020-05-01", "2026-12-01", "2029-12-01"),
    ],
)
def test_a_mandate_lives_three_years_from_its_last_use(signed, used, ends):
    assert rules.ends_on(day(signed), used and day(used)) == day(ends)


@pytest.mark.parametrize(
    ("recurrent", "used", "step"),
    [(False, False, "OOFF"), (True, False, "FRST"), (True, True, "RCUR")],
)
def test_a_collection_says_which_step_of_its_mandate_it_is(recurrent, used, step):
    assert rules.step_of(is_recurrent=recurrent, is_used=used) == step


def test_only_a_lack_of_money_is_tried_again_and_a_dead_mandate_rests():
    again = {one for one in DebitReason.values if rules.may_try_again(one)}
    rests = {one for one in DebitReason.values if rules.ends_mandate(one)}

    assert again == {"AM04", "MS03", "ED05"}
    assert {"MD01", "AC04", "MS02", "MD06", "MD07"} <= rests
    assert not again & rests
    assert {"AM05", "FF01", "RC01"} == set(DebitReason.values) - again - rests


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("be68 zzz 0123456789", "BE68ZZZ0123456789"), ("DE98ZZZ09999999999", "DE98ZZZ09999999999"),
     ("  ", "")],
)  # fmt: skip
def test_a_creditor_identifier_is_checked_to_the_digit(typed, kept):
    assert rules.proper_creditor_id(typed) == kept


@pytest.mark.parametrize(
    "typed", ["BE69ZZZ0123456789", "BE71096123456769", "x", "BE75ZZZ" + "1" * 40]
)
def test_what_is_no_creditor_identifier_is_refused(typed):
    with pytest.raises(rules.NotACreditorId):
        rules.proper_creditor_id(typed)


def test_only_accounts_that_can_be_collected_from_are_taken():
    assert rules.proper_account("BE68 5390 0754 7034") == "BE68539007547034"
    with pytest.raises(NotAnIban):
        rules.proper_account("BE68 5390 0754 7035")
    with pytest.raises(rules.OutsideSepa):
        rules.proper_account("TR330006100519786457841326")


@pytest.mark.parametrize("days", [0, 15])
def test_days_no_bank_takes_are_refused(days):
    assert rules.proper_days(14) == 14
    with pytest.raises(Refused):
        rules.proper_days(days)


def test_an_account_is_shown_by_its_country_and_end():
    assert rules.masked("BE68539007547034") == "BE•• •••• 7034"
