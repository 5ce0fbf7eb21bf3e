"""A payment cannot be redirected: a changed account waits, its owner is told, each look is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.mail import reader
from commonweal.mail.models import News
from commonweal.people import actions as people
from commonweal.spending import actions, queries
from commonweal.spending.models import PayoutMethod
from commonweal.spending.rules import names_agree
from spending.conftest import IBAN, filed, item, put_in_the_pot

NEW = "BE71096123456769"
THREE_DAYS = timedelta(hours=72)


@pytest.fixture
def moved(gardens, alice, bob):
    """Return an expense that was agreed to after Alice changed her account, and could be paid."""
    put_in_the_pot(gardens, 9000)
    expense = filed(gardens, alice)
    method = actions.add_payout_method(party=alice, holder=alice.name, iban=NEW, by=alice)
    expense = actions.edit(
        expense=expense, title="Seeds", items=[item(1250)], by=alice, payout_method=method
    )
    return actions.approve(expense=actions.submit(expense=expense, by=alice), by=bob)


def later(wait: timedelta):
    return clock.moved_to(clock.now() + wait)


def test_a_first_account_is_paid_to_at_once(gardens, alice, bob, carol):
    put_in_the_pot(gardens, 9000)
    expense = actions.submit(expense=filed(gardens, alice), by=alice)
    agreed = actions.approve(expense=expense, by=bob)

    assert actions.pay(expense=agreed, by=carol).status == "in payment"


def test_a_changed_account_waits_three_days(moved, carol):
    with pytest.raises(actions.AccountWaits, match=r"can be paid to from 20\d\d-.* UTC\. To pay"):
        actions.pay(expense=moved, by=carol)
    with later(THREE_DAYS - timedelta(minutes=1)), pytest.raises(actions.AccountWaits):
        actions.pay(expense=moved, by=carol)

    with later(THREE_DAYS + timedelta(minutes=1)):
        assert actions.pay(expense=moved, by=carol).status == "in payment"


def test_a_host_that_asked_the_payee_pays_at_once(moved, carol, hana):
    actions.verify_account(expense=moved, by=hana)

    assert actions.pay(expense=moved, by=carol).status == "in payment"
    with pytest.raises(actions.NothingToCheck):
        actions.verify_account(expense=moved, by=hana)


def test_a_checked_account_that_changes_again_waits_again(moved, alice, hana):
    actions.verify_account(expense=moved, by=hana)

    again = actions.add_payout_method(party=alice, holder=alice.name, iban=IBAN, by=alice)

    assert again.payable_from > clock.now() + THREE_DAYS - timedelta(minutes=1)
    assert again.verified_at is None


def test_another_holder_of_the_same_number_waits_no_longer_and_no_shorter(moved, alice, hana):
    method = PayoutMethod.objects.get(party=alice, retired_at=None)

    renamed = actions.add_payout_method(party=alice, holder="A. Peeters", iban=NEW, by=alice)
    assert (renamed.payable_from, renamed.verified_at) == (method.payable_from, None)

    with pytest.raises(NotAllowed):
        actions.verify_account(expense=moved, by=alice)


def test_the_owner_is_told_at_each_address_old_and_new(alice):
    actions.add_payout_method(party=alice, holder=alice.name, iban=IBAN, by=alice)
    EmailAddress.objects.create(user=alice.login, email="old@example.org", verified=True)
    EmailAddress.objects.create(user=alice.login, email="not-hers@example.org", verified=False)
    News.objects.all().delete()

    actions.add_payout_method(party=alice, holder=alice.name, iban=NEW, by=alice)
    while reader.read():
        pass

    told = {letter.to[0]: letter for letter in mail.outbox}
    assert set(told) == {"alice@example.org", "old@example.org"}
    letter = told["old@example.org"]
    assert letter.subject == "The bank account of Alice Peeters was changed"
    for words in ("BE•• •••• 7034", "BE•• •••• 6769", "/alice-peeters/paid-to", "before"):
        assert words in letter.body
    assert NEW not in letter.body


def test_the_admins_of_a_shop_are_told_when_it_is_paid_elsewhere(alice):
    shop = people.create_organization(name="Seed Shop", by=alice)
    for iban in (IBAN, NEW):
        actions.add_payout_method(party=shop, holder="Seed Shop", iban=iban, by=alice)
    while reader.read():
        pass

    assert [letter.to for letter in mail.outbox if "was changed" in letter.subject] == [
        ["alice@example.org"]
    ]


def test_a_payee_sees_who_looked_and_for_what(moved, alice, bob, carol):
    actions.look_at_account(expense=moved, by=carol)

    (look,) = queries.looks(alice)

    assert (look.by, look.mask, look.expense) == (carol, "BE•• •••• 6769", moved)
    assert queries.looks(bob) == []


def test_a_host_checks_only_what_waits(gardens, alice, bob, carol):
    expense = actions.submit(expense=filed(gardens, alice), by=alice)

    with pytest.raises(Refused, match="does not wait"):
        actions.verify_account(expense=expense, by=carol)


@pytest.mark.parametrize(
    ("holder", "name", "agree"),
    [
        ("Alice Peeters", "Alice Peeters", True),
        ("PEETERS A.", "Alice Peeters", True),
        ("Zoë Müller", "Zoe Muller", True),
        ("Bob Haddad", "Alice Peeters", False),
        ("A B", "A C", False),
        ("", "Alice", False),
    ],
)
def test_names_are_compared_by_their_words(holder, name, agree):
    assert names_agree(holder, name) is agree
