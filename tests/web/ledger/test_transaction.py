from uuid import uuid4

from commonweal.foundation import clock, ids
from commonweal.ledger import actions
from commonweal.ledger.models import Transaction


def test_a_gift_is_told_from_giver_to_group_with_what_was_kept(
    till, alice, signed_out, django_assert_max_num_queries
):
    key = till.gift(2000, who=alice)

    with django_assert_max_num_queries(12):
        page = signed_out(f"/ledger/{key}")

    for sight in ("Alice Peeters", "Gardens", "Host fee", "Fees for the host", "Into the pot"):
        assert sight in page, sight


def test_the_page_never_leads_to_the_givers_own_page(till, alice, signed_out):
    assert "/contributions/" not in signed_out(f"/ledger/{till.gift(2000, who=alice)}")


def test_whoever_gave_without_a_name_has_none_here(till, signed_out):
    assert "Incognito" in signed_out(f"/ledger/{till.gift(2000)}")


def test_an_expense_is_told_from_group_to_payee(busy, bob, signed_out):
    key = Transaction.objects.get(kind=5).key

    page = signed_out(f"/ledger/{key}")

    assert "Out of the pot" in page
    assert "Spades and gloves" in page


def test_a_gift_that_was_given_back_names_both_sides(till, alice, signed_out):
    key = till.gift(2000, who=alice)
    back = ids.key("back", key)
    actions.reverse(
        key=back, transaction_id=Transaction.objects.get(key=key).pk, effective_on=clock.today()
    )

    assert f"/ledger/{back}" in signed_out(f"/ledger/{key}")
    assert f"/ledger/{key}" in signed_out(f"/ledger/{back}")


def test_a_transaction_that_is_not_there_is_not_found(db, client):
    assert client.get(f"/ledger/{uuid4()}").status_code == 404
