"""The gifts behind a purchase, and what a gift of the ledger paid for, as everybody sees them."""

from __future__ import annotations

from commonweal.foundation import clock, ids
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Kind, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting
from commonweal.people import actions as people


def test_money_from_another_group_is_shown_with_its_name(
    seedlings, till, signed_out, followed, words
):
    other = ledger.open_account(
        purpose=Purpose.FUNDS, currency="EUR", party=seedlings.pk, host=till.host.pk
    ).pk
    outside = till.account(Purpose.CHARGES)
    for legs in (
        (Posting(outside, -30_00, Kind.OPENING), Posting(other, 30_00, Kind.OPENING)),
        (Posting(other, -30_00, Kind.TRANSFER), Posting(till.funds(), 30_00, Kind.TRANSFER)),
    ):
        ledger.post(Draft(ids.uuid7(), legs[1].kind, legs, clock.today(), host=till.host.pk))
    key = till.expense(20_00)
    followed()

    page = signed_out(f"/ledger/{key}")

    assert "Seedlings passed on by this group €20.00" in words(page)
    first = Transaction.objects.get(kind=Kind.OPENING)
    assert "Passed on to Gardens" in signed_out(f"/ledger/{first.key}")


def test_many_givers_are_bounded_and_the_page_asks_few_questions(
    till, bought, browse, words, django_assert_max_num_queries
):
    for number in range(15):
        guest = people.ensure_guest(email=f"g{number}@example.org", name=f"Guest {number:02d}")
        till.gift(10_00 + number, who=guest)
    expense = bought(140_00)
    browser = browse()

    with django_assert_max_num_queries(19):
        page = browser.get(f"/gardens/expenses/{expense.number}").text

    assert "and 3 others" in words(page)


def test_what_a_gift_of_the_ledger_paid_for_is_public_too(till, signed_out, followed, words):
    key = till.gift(20_00)
    till.expense(5_00, what="Spades")
    followed()

    page = words(signed_out(f"/ledger/{key}"))

    assert "What this gift paid for" in page
    assert "Spades" in page


def test_before_it_is_followed_a_purchase_says_so(till, signed_out):
    till.gift(20_00)
    key = till.expense(5_00)

    assert "Look again in a moment" in signed_out(f"/ledger/{key}")
