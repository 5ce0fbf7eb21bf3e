"""Scenes of giving: a gift by card, one by transfer, one given back."""

from __future__ import annotations

from typing import Any

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution, Support
from commonweal.ledger.models import Kind, Transaction
from commonweal.payments.models import Charge
from crash.city import books, carry_on, commons, found, gardens, somebody

__all__ = ["books", "found"]

GIFT = Money(2000, "EUR")


def _pledge(run: str, rail: str) -> Contribution:
    alice = somebody("alice")
    return actions.pledge(
        collective=gardens(), amount=GIFT, rail=rail,
        contributor=alice, given_by=alice, by=alice, message=run,
    )  # fmt: skip


def _known(run: str) -> Contribution | None:
    return Contribution.objects.filter(message=run).first()


def give_by_card(run: str, card: str = "works") -> None:
    """Promise, ask the card company, pay."""
    contribution = _known(run) or _pledge(run, "sandbox")
    if tasks.begin(contribution).state == Charge.State.PENDING:
        tasks.answer(contribution, {"card": card})


def give_by_transfer(run: str) -> None:
    """Promise, learn what to write, and be confirmed by the host."""
    contribution = _known(run) or _pledge(run, "transfer")
    tasks.begin(contribution)
    actions.confirm_transfer(
        contribution=contribution, amount=GIFT, arrived_on=clock.today(), by=somebody("hana")
    )


def give_back(run: str) -> None:
    """Give a gift by card that is settled before, back."""
    contribution = _known(run)
    assert contribution is not None
    if contribution.status == Contribution.Status.SETTLED:
        actions.refund(contribution=contribution, by=somebody("hana"))
    tasks.give_back(contribution)


def recover(run: str, scene: str) -> dict[str, Any]:
    """Check the books as a kill left them, carry on without anybody, then let people try again."""
    wrong = books()["wrong"]
    carry_on()
    by_itself = _state(run)
    globals()[scene](run)
    carry_on()
    return {"wrong": wrong, "by_itself": by_itself, "in_the_end": _state(run)}


def _state(run: str) -> dict[str, Any]:
    """Return how far a gift has come, and how often each of its transactions is in the books."""
    contribution = _known(run)
    if contribution is None:
        return {"status": None, "charge": None}
    refs = {"contribution": contribution.public_id}
    posted = list(Transaction.objects.filter(refs=refs).values_list("kind", flat=True))
    return {
        "status": contribution.status,
        "charge": queries.charge_of(contribution).state,
        **{kind.name: posted.count(kind) for kind in Kind if kind in posted},
    }


def on_the_wall() -> int:
    """Return what the wall says was given in all."""
    return sum(line.total_minor for line in Support.objects.filter(collective=gardens()))


def waiting_at_the_desk() -> int:
    """Return how many transfers the host still waits for."""
    return queries.waiting_count(commons())
