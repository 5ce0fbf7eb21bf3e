"""What a gift paid for, as its giver sees it."""

import pytest

from commonweal.foundation.money import Money
from commonweal.giving import actions, queries
from commonweal.people import actions as people


@pytest.fixture
def page_of(browse):
    return lambda gift, reader=None: browse(reader).get(f"/contributions/{gift.secret}").text


def test_a_gift_waits_in_the_pot(gift, page_of, alice, followed, words):
    found = gift("settled")
    followed()

    page = words(page_of(found, alice))

    assert "Nothing yet: your gift waits in the pot." in page
    assert "Still in the pot €19.00 Kept by host and payment €1.00 Given €20.00" in page


def test_a_giver_sees_what_the_gift_paid_for_to_the_cent(
    gift, bought, browse, alice, words, django_assert_max_num_queries
):
    found = gift("settled")
    expense = bought()
    browser = browse(alice)

    with django_assert_max_num_queries(10):
        page = browser.get(f"/contributions/{found.secret}").text

    assert f'href="/gardens/expenses/{expense.number}"' in page
    assert "What your gift paid for" in page
    assert "€12.50 Still in the pot €6.50 Kept by host and payment €1.00 Given €20.00" in words(
        page
    )


def test_a_gift_given_back_in_part_says_so(gift, bought, page_of, hana, followed, words):
    found = gift("settled", amount="40.00")
    bought()
    actions.refund(contribution=found, by=hana, amount=Money(10_00, "EUR"))
    followed()

    page = words(page_of(queries.contribution(found.secret)))

    assert "€12.50 Still in the pot €16.00 Kept by host and payment €1.50 Given back €10.00" in page


def test_a_purchase_shows_the_gifts_behind_it_and_withholds_names(
    gift, bought, signed_out, dan, till, words
):
    found = gift("settled", amount="10.00")
    till.gift(10_00)
    till.gift(10_00, who=dan)
    people.erase(person=dan, by=dan)
    expense = bought(20_00)

    page = signed_out(f"/gardens/expenses/{expense.number}")

    section = words(page).split("The gifts behind it")[1].split("Receipts")[0]
    assert "Alice Peeters 1 gift €9.50" in section
    assert "People who give without a name 2 gifts €10.50" in section
    assert "Sum €20.00" in section
    assert "Dan" not in section
    assert found.secret not in page
    assert "contributions/" not in page
