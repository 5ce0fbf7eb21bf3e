"""Suppliers and guests are paid without signing in, and nobody leads their money elsewhere."""

from __future__ import annotations

import pytest

from cast import IBAN as OTHER
from commonweal.activity.models import Fact
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.spending import actions, policies, queries
from commonweal.spending.models import AccountRequest, Expense, PayoutMethod, Supplier
from spending.conftest import IBAN, item, photo, put_in_the_pot


def known(gardens, by, **changes):
    facts = {"name": "Seed Barn", "number": "BE 0202.239.951", "iban": OTHER} | changes
    return actions.add_supplier(collective=gardens, by=by, **facts)


def asked(gardens, by, name="Nour", email="nour@example.org"):
    return actions.ask_for_account(collective=gardens, name=name, email=email, by=by)


def test_a_supplier_is_typed_once_and_paid_by_whoever_asks_next(gardens, alice, dan):
    first = known(gardens, alice)
    again = known(gardens, dan, name="SEED BARN nv", number="be0202239951")
    nameless = known(gardens, dan, number="")

    method = queries.payout_methods(first.party).get()
    expense = actions.file(
        collective=gardens, kind="invoice", title="Soil", items=[item(100)], by=dan,
        payee=first.party, payout_method=method, invoice_number="7", reference="+++1+++",
    )  # fmt: skip

    assert first == again == nameless
    assert Supplier.objects.count() == 1
    assert (expense.payee, method.holder, method.iban) == (first.party, "Seed Barn", OTHER)


def test_another_account_for_a_known_supplier_is_an_admins_matter_and_waits(
    gardens, alice, bob, dan
):
    supplier = known(gardens, alice)

    with pytest.raises(actions.KnownElsewhere, match="6769"):
        known(gardens, dan, iban=IBAN)
    for who in (alice, dan):
        with pytest.raises(NotAllowed):
            actions.add_payout_method(party=supplier.party, holder="x", iban=IBAN, by=who)
    method = actions.add_payout_method(party=supplier.party, holder="Barn", iban=IBAN, by=bob)

    assert method.payable_from is not None
    assert policies.may_say_where_paid(bob, supplier.party)
    assert not policies.may_say_where_paid(None, supplier.party)


def test_a_supplier_of_one_group_is_no_payee_of_another(gardens, alice, bob):
    supplier = known(gardens, alice)

    assert policies.may_name_payee(bob, supplier.party, gardens)
    assert not policies.may_name_payee(bob, supplier.party, type(gardens)(pk=-1))
    assert not policies.may_name_payee(bob, alice, gardens)


def test_a_guest_says_by_a_link_where_to_pay_and_the_inviter_sees_only_the_mask(gardens, alice):
    guest = asked(gardens, alice)
    expense = actions.file(
        collective=gardens, kind="invoice", title="Music", items=[item(100)], by=alice, payee=guest
    )
    actions.attach_receipt(expense=expense, content=photo(), name="x.jpg", by=alice)
    actions.submit(expense=expense, by=alice)
    request = AccountRequest.objects.get()
    token = queries.account_token(request)

    actions.give_account(token=token, holder="Nour Aziz", iban=IBAN)

    expense.refresh_from_db()
    assert expense.payout_method is not None
    assert (expense.payout_method.party, expense.payout_method.mask[-4:]) == (guest, IBAN[-4:])
    with pytest.raises(actions.NoSuchRequest):
        actions.give_account(token=token, holder="Thief", iban=OTHER)
    with pytest.raises(actions.NoSuchRequest):
        actions.give_account(token="forged", holder="Thief", iban=OTHER)
    with pytest.raises(NotAllowed):
        actions.add_payout_method(party=guest, holder="Alice", iban=OTHER, by=alice)
    assert PayoutMethod.objects.count() == 1
    assert IBAN not in str(list(Fact.objects.values()))


def test_nobody_is_asked_twice_and_nobody_asks_many(gardens, alice, dan):
    guest = asked(gardens, alice)
    assert asked(gardens, alice) == guest
    assert Fact.objects.filter(kind="payout_method.asked").count() == 1

    actions.give_account(
        token=queries.account_token(AccountRequest.objects.get()), holder="Nour", iban=IBAN
    )
    assert asked(gardens, dan) == guest
    assert Fact.objects.filter(kind="payout_method.asked").count() == 1

    for number in range(20):
        asked(gardens, dan, email=f"n{number}@example.org")
    with pytest.raises(actions.TooManyRequests):
        asked(gardens, dan, email="one-more@example.org")


def test_what_waits_for_a_guests_account_cannot_be_paid_before(gardens, alice, bob, carol):
    put_in_the_pot(gardens, 5000)
    guest = asked(gardens, alice)
    expense = actions.file(
        collective=gardens, kind="invoice", title="Music", items=[item(100)], by=alice, payee=guest
    )
    actions.attach_receipt(expense=expense, content=photo(), name="x.jpg", by=alice)
    actions.approve(expense=actions.submit(expense=expense, by=alice), by=bob)

    with pytest.raises(Refused, match="no bank account"):
        actions.pay(expense=expense, by=carol)
    actions.give_account(
        token=queries.account_token(AccountRequest.objects.get()), holder="Nour", iban=IBAN
    )

    assert actions.pay(expense=expense, by=carol).status == Expense.Status.IN_PAYMENT
