"""Anything in any order: after each step the books are right and hold what a child would count."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from commonweal.foundation import ids
from commonweal.ledger import actions, queries
from commonweal.ledger.models import Account, Entry
from commonweal.ledger.rules import Draft
from ledger.conftest import contribution, open_accounts, payout

AMOUNTS = st.integers(1, 3000)
PARTIES = st.sampled_from([7, 8])
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))


class Books(RuleBasedStateMachine):
    """Two collectives at one host, and a plain count beside the ledger."""

    gifts = Bundle("gifts")

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        """Forget this life."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def open(self) -> None:
        """Open accounts where nothing has moved."""
        self.accounts = {party: open_accounts(party) for party in (7, 8)}
        self.held: Counter[int] = Counter()
        self.lines: Counter[int] = Counter()
        self.left: dict[int, int] = {}
        self.frozen: set[int] = set()

    def moved(self, draft: Draft) -> None:
        """Count along."""
        for leg in draft.postings:
            self.held[leg.account] += leg.amount
            self.lines[leg.account] += 1

    @rule(target=gifts, party=PARTIES, gross=AMOUNTS, fee=st.integers(0, 50), on=DAYS)
    def give(self, party: int, gross: int, fee: int, on: date) -> object:
        """Somebody gives."""
        draft = contribution(self.accounts[party], gross + fee, fee=fee, on=on)
        if self.accounts[party].funds in self.frozen:
            with pytest.raises(actions.Frozen), transaction.atomic():
                actions.post(draft)
            return multiple()
        number = actions.post(draft)
        assert actions.post(draft) == number
        self.moved(draft)
        self.left[number] = gross + fee
        return number

    @rule(party=PARTIES, amount=AMOUNTS, on=DAYS)
    def pay(self, party: int, amount: int, on: date) -> None:
        """A collective pays, if it can."""
        accounts = self.accounts[party]
        draft = payout(accounts, amount, on=on)
        if accounts.funds in self.frozen:
            refused: type[Exception] | None = actions.Frozen
        else:
            refused = actions.NotEnough if self.held[accounts.funds] < amount else None
        if refused is None:
            actions.post(draft)
            self.moved(draft)
            return
        with pytest.raises(refused), transaction.atomic():
            actions.post(draft)

    @rule(gift=gifts, part=AMOUNTS, on=DAYS)
    def give_back(self, gift: int, part: int, on: date) -> None:
        """A part of a gift goes back: never more than is left, nor than the pot holds."""
        before = self.left[gift]
        try:
            with transaction.atomic():
                number = actions.reverse(
                    key=ids.uuid7(), transaction_id=gift, amount_minor=part, effective_on=on
                )
        except actions.ReversedTooMuch:
            assert part > before
            return
        except (actions.NotEnough, actions.Frozen):
            return
        assert part <= before
        self.left[gift] -= part
        for entry in Entry.objects.filter(transaction=number):
            self.held[entry.account_id] += entry.amount
            self.lines[entry.account_id] += 1

    @rule(gift=consumes(gifts), on=DAYS)
    def give_all_back(self, gift: int, on: date) -> None:
        """All that is left of a gift goes back."""
        if self.left[gift]:
            self.give_back(gift, self.left[gift], on)

    @rule(party=PARTIES)
    def freeze(self, party: int) -> None:
        """A collective's money stands still for the rest of this life."""
        if len(self.frozen) == 0 and self.lines[self.accounts[party].funds] > 3:
            actions.freeze(account=self.accounts[party].funds, frozen=True)
            self.frozen.add(self.accounts[party].funds)

    @rule(most=st.integers(1, 4))
    def sequence(self, most: int) -> None:
        """The sequencer comes by."""
        actions.advance(most=most)

    @invariant()
    def balances_are_what_a_child_would_count(self) -> None:
        """Guarded or tallied, sequenced or not."""
        found = queries.balances(Account.objects.values_list("pk", flat=True))
        assert {pk: one.minor for pk, one in found.items()} == {pk: self.held[pk] for pk in found}

    @invariant()
    def statements_are_whole(self) -> None:
        """The newest line of each pot has the number of its lines."""
        for accounts in self.accounts.values():
            page = queries.statement(accounts.funds)
            assert page.count == self.lines[accounts.funds]
            assert not page.lines or page.lines[0].balance_after.minor == self.held[accounts.funds]

    @invariant()
    def books_are_right(self) -> None:
        """Every question of `check-books` is answered well."""
        assert queries.discrepancies() == []


@pytest.mark.django_db
def test_books_are_right_after_anything_in_any_order() -> None:
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=25, stateful_step_count=15, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
