"""Pretend card: everything a card does, with money that does not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.payments.port import (
    Capabilities,
    ChargeRequest,
    NextStep,
    NotUnderstood,
    PayoutRequest,
    RailEvent,
)
from commonweal.rails.sandbox.models import PretendPayment
from commonweal.rails.sandbox.reading import read

RATE_PPM = 14_000
FIXED_CENTS = 25

# What the giver chose on the pretend page, and what the payment becomes by it. A card that works
# `once` is declined whenever it is charged again; a `slow` one then works at the second try.
_OUTCOMES = {
    (PretendPayment.State.OPEN, "works"): PretendPayment.State.TAKEN,
    (PretendPayment.State.OPEN, "once"): PretendPayment.State.TAKEN,
    (PretendPayment.State.OPEN, "slow"): PretendPayment.State.TAKEN,
    (PretendPayment.State.OPEN, "declined"): PretendPayment.State.DECLINED,
    (PretendPayment.State.OPEN, "asks"): PretendPayment.State.ASKING,
    (PretendPayment.State.ASKING, "yes"): PretendPayment.State.TAKEN,
    (PretendPayment.State.ASKING, "no"): PretendPayment.State.DECLINED,
}


class SandboxCard:
    """A pretend card for demos and tests. `payments` refuses to load it anywhere else."""

    name = "sandbox"
    capabilities = Capabilities(
        charges=True, refunds=True, payouts=False, pretend=True, repeats="by us"
    )

    def label(self) -> str:
        """Return what people call it."""
        return _("Pretend card")

    def fee(self, amount: Money) -> Money:
        """Return 1.4 % and a quarter of a euro, as card companies ask in small shops."""
        return _fee(amount)

    @transaction.atomic
    def start_charge(self, request: ChargeRequest) -> NextStep:
        """Return what the giver does now: show a card, say yes at the bank, or nothing."""
        payment, _is_new = PretendPayment.objects.select_for_update().get_or_create(
            key=request.key,
            defaults={
                "amount_minor": request.amount.minor,
                "currency": request.amount.currency,
                "return_url": request.return_url,
                "created_at": clock.now(),
            },
        )
        if request.attempt > payment.attempt and payment.state != PretendPayment.State.TAKEN:
            payment.attempt, payment.state = request.attempt, PretendPayment.State.OPEN
        if request.again_of is not None and payment.state == PretendPayment.State.OPEN:
            _charge_known_card(payment, request.again_of)
        payment.save()
        return _next_step(payment)

    @transaction.atomic
    def refund(self, key: UUID, amount: Money) -> Literal["done", "later"]:
        """Give back so much in all, at once."""
        payment = PretendPayment.objects.select_for_update().get(key=key)
        payment.refunded_minor = max(payment.refunded_minor, amount.minor)
        payment.save(update_fields=["refunded_minor"])
        return "done"

    def send_payout(self, batch: Sequence[PayoutRequest]) -> None:
        """Refuse: a card pays nobody out."""
        raise NotImplementedError("a card pays nobody out")

    @transaction.atomic
    def read_events(self, raw: bytes, headers: Mapping[str, str]) -> list[RailEvent]:
        """Take what the giver chose on the pretend page, and tell the news if there is any."""
        key, choice = read(raw)
        payment = PretendPayment.objects.select_for_update().filter(key=key).first()
        if payment is None:
            raise NotUnderstood("nobody asked for this payment")
        outcome = _OUTCOMES.get((PretendPayment.State(payment.state), choice))
        if outcome:
            if payment.state == PretendPayment.State.OPEN:
                payment.card = choice
            payment.state = outcome
            payment.save(update_fields=["state", "card"])
        return _news(payment)


def _fee(amount: Money) -> Money:
    quarter = Money(FIXED_CENTS * 10**amount.exponent // 100, amount.currency)
    return amount.share(RATE_PPM) + quarter


def _charge_known_card(payment: PretendPayment, again_of: UUID) -> None:
    """Charge the card of an earlier payment, whose holder is not here."""
    known = PretendPayment.objects.filter(key=again_of, state=PretendPayment.State.TAKEN).first()
    card = known.card if known else ""
    works = card in {"works", "asks"} or (card == "slow" and payment.attempt > 1)
    payment.state = PretendPayment.State.TAKEN if works else PretendPayment.State.DECLINED


def _news(payment: PretendPayment) -> list[RailEvent]:
    kinds: dict[str, Literal["captured", "failed"]] = {"taken": "captured", "declined": "failed"}
    if payment.state not in kinds:
        return []
    amount = Money(payment.amount_minor, payment.currency)
    is_taken = payment.state == PretendPayment.State.TAKEN
    event = RailEvent(
        kind=kinds[payment.state],
        key=payment.key,
        object_id=f"pretend-{payment.key}-{payment.attempt}",
        amount=amount,
        fee=_fee(amount),
        on=clock.today(),
        reason="" if is_taken else _("The card was declined."),
    )
    return [event]


def _next_step(payment: PretendPayment) -> NextStep:
    external_id = f"pretend-{payment.key}"
    if payment.state == PretendPayment.State.ASKING:
        return NextStep("redirect", external_id, url=f"/pretend-bank/{payment.key}")
    if payment.state == PretendPayment.State.TAKEN:
        return NextStep("done", external_id, news=tuple(_news(payment)))
    if payment.state == PretendPayment.State.DECLINED:
        return NextStep("failed", external_id, failure=_("The card was declined."))
    return NextStep("show", external_id, template="sandbox/card.html")
