"""Making what a line becomes: each kind hands the money on to whoever owns what it is for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from commonweal.banking import queries
from commonweal.banking.actions import booking, collected, gathering
from commonweal.banking.models import BankLine, Match
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.giving.models import Contribution
from commonweal.ledger.models import Kind, Purpose
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge, Collection, Payout
from commonweal.people.actions.parties import add_party
from commonweal.people.models import Party
from commonweal.spending import actions as spending
from commonweal.spending.models import Expense, PayRun
from commonweal.spending.queries import runs

_OPEN = [Charge.State.CREATED, Charge.State.PENDING, Charge.State.FAILED]


class DoesNotSum(Refused):
    """The parts have to add up to what the line says, each in the same direction."""

    status = 422


class NotThisHost(Refused):
    """This does not belong to the host whose account this is."""


class CannotBeUndone(Refused):
    """This money has moved on meanwhile, so it cannot be undone here."""


class Making:
    """Makes what one line becomes."""

    def __init__(self, line: BankLine, by: Party | None, certainty: int, reason: str) -> None:
        self.line, self.by, self.certainty, self.reason = line, by, certainty, reason

    def gift(self, contribution: Contribution, minor: int) -> Match:
        """Settle a promise, or one more payment of it."""
        charge = self._open_charge(contribution)
        match = self._match(Match.Kind.GIFT, minor, charge=charge)
        giving.receive(charge=charge, amount=self._money(minor), on=self.line.booked_on, by=self.by)
        return match

    def confirmed_gift(self, charge: Charge, minor: int) -> Match:
        """Recognise what a person confirmed before the bank told."""
        assert charge.arrived_on is not None, "what was confirmed has a day"
        match = self._match(Match.Kind.GIFT, minor, charge=charge, was_confirmed=True)
        booking.recognise(self.line, match.number, minor, confirmed_on=charge.arrived_on)
        return match

    def new_gift(self, collective: Collective, minor: int, name: str) -> Match:
        """Take in a gift that nobody promised; without a name it is incognito."""
        giver = self._giver(name)
        charge = giving.take_in(
            collective=collective, contributor=giver, amount=self._money(minor),
            incognito=not name.strip(), by=self.by,
        )  # fmt: skip
        self._of_this_host(charge.host_id)
        match = self._match(Match.Kind.GIFT, minor, charge=charge)
        giving.receive(charge=charge, amount=self._money(minor), on=self.line.booked_on, by=self.by)
        return match

    def payouts(self, payouts: list[Payout]) -> list[Match]:
        """Say of money that was to be sent that it has left."""
        made = []
        for payout in payouts:
            was = payout.paid_on if payout.state == Payout.State.PAID else None
            match = self._match(
                Match.Kind.PAYOUT,
                -payout.amount_minor,
                payout=payout,
                was_confirmed=was is not None,
            )
            made.append(match)
            if was is not None:
                booking.recognise(self.line, match.number, -payout.amount_minor, confirmed_on=was)
                continue
            payments.confirm_payout(
                payout=payout, on=self.line.booked_on, reference="", by=self.by,
                target=Purpose.UNPLACED,
            )  # fmt: skip
        self._tell_spending(payouts)
        return made

    def expense(self, expense: Expense, minor: int) -> list[Match]:
        """Say of all that an expense was to be paid that it has left."""
        payouts = list(self._payouts_of(expense).order_by("pk"))
        if sum(one.amount_minor for one in payouts) != -minor:
            raise DoesNotSum
        self._of_this_host(payouts[0].host_id)
        return self.payouts(payouts)

    def payouts_back(self, payouts: list[Payout]) -> list[Match]:
        """Put a payout that came back into the pot again; a person has to say that it did."""
        expense = self._expense_of(payouts)
        if self.by is None or expense is None:
            raise NotAllowed
        by_hand = [one for one in payouts if not self._left_by_a_line(one)]
        matches = [
            self._match(Match.Kind.PAYOUT_BACK, one.amount_minor, payout=one) for one in payouts
        ]
        spending.return_payment(
            expense=expense, on=self.line.booked_on, reason=self.reason, by=self.by,
            code=queries.said_of(self.line).reason,
        )  # fmt: skip
        for match, payout in zip(matches, payouts, strict=True):
            if payout in by_hand:  # then its return is in the books of the bank already
                on = self.line.booked_on
                booking.recognise(self.line, match.number, match.amount_minor, confirmed_on=on)
        return matches

    def run(self, run: PayRun, minor: int) -> list[Match]:
        """Say of all that is open of a pay run that it has left, as one line."""
        self._of_this_host(run.host_id)
        numbers = runs.open_runs(self.line.account.host).get(run, [])
        payouts = list(Payout.objects.filter(pk__in=numbers, currency=self.line.currency))
        if sum(one.amount_minor for one in payouts) != -minor:
            raise DoesNotSum
        return self.payouts(payouts)

    def refund(self, charge: Charge, minor: int, *, is_confirmed: bool) -> Match:
        """Say of a gift that goes back that it has left, or recognise that a person said so."""
        match = self._match(Match.Kind.REFUND, minor, charge=charge, was_confirmed=is_confirmed)
        if is_confirmed:
            assert charge.returned_on is not None, "what was sent back has a day"
            booking.recognise(self.line, match.number, minor, confirmed_on=charge.returned_on)
            return match
        total = Money(charge.refunded_minor, charge.currency)
        payments.confirm_back(
            charge=charge, total=total, on=self.line.booked_on, by=self.by,
            target=Purpose.UNPLACED,
        )  # fmt: skip
        return match

    def gift_back(self, charge: Charge, minor: int) -> list[Match]:
        """Take a gift out of the pot that the bank took back.

        Where a part had gone back before, the bank took that part twice, and the host lost it.
        """
        self._of_this_host(charge.host_id)
        gone = charge.amount_minor - charge.returned_minor
        twice = -minor - gone
        if twice < 0:
            raise DoesNotSum
        match = self._match(Match.Kind.GIFT_BACK, -gone, charge=charge)
        giving.take_away(charge=charge, on=self.line.booked_on, reason="", by=self.by)
        collected.note_back(charge, queries.said_of(self.line).reason, by=self.by)
        more = [self.own(-twice, charge.reference, is_fee=False)] if twice else []
        return [match, *more]

    def debits(self, collections: list[Collection], minor: int) -> list[Match]:
        """Settle what the bank collected, as one line or singly."""
        waiting = collected.locked(collections)
        if sum(one.amount_minor for one in waiting) != minor:
            raise DoesNotSum
        charges = collected.settle(waiting, self.line.booked_on, by=self.by)
        first = self._next_number()
        return [
            self._match(Match.Kind.GIFT, one.amount_minor, charge=one, number=number)
            for number, one in enumerate(charges, start=first)
        ]

    def own(self, minor: int, words: str, *, is_fee: bool) -> Match:
        """Keep it as the host's own."""
        match = self._match(Match.Kind.OWN, minor, note=words)
        booking.keep(self.line, match.number, minor, is_fee=is_fee)
        return match

    def exchange(self, minor: int, pair: str) -> Match:
        """Let it be one side of money that the host exchanged; the other side is another line."""
        match = self._match(Match.Kind.EXCHANGE, minor, note=pair)
        booking.exchange(self.line, match.number, minor, pair=pair)
        return match

    def going_back(self, minor: int) -> Match:
        """Hold money that is nobody's here until it was sent back."""
        if minor <= 0:
            raise DoesNotSum
        number = self._next_number()
        (unplaced,) = booking.accounts(self.line.account, Purpose.UNPLACED)
        payout = payments.hold_payout(
            subject=f"line:{self.line.pk}",
            attempt=number,
            host=self.line.account.host,
            rail=booking.RAIL,
            funds_account=unplaced,
            amount=self._money(minor),
            category=None,
            private=(),
            refs={"line": str(self.line.uuid)},
            by=self.by,
            kind=Kind.REFUND,
        )
        return self._match(Match.Kind.RETURN, minor, payout=payout)

    def _open_charge(self, contribution: Contribution) -> Charge:
        charges = Charge.objects.filter(subject=giving_queries.subject_of(contribution))
        charge = charges.filter(state__in=_OPEN).order_by("-pk").first()
        if charge is None:
            charge = giving.ask_again(contribution=contribution, by=self.by)
        self._of_this_host(charge.host_id)
        return charge

    def _of_this_host(self, host: int) -> None:
        if host != self.line.account.host_id:
            raise NotThisHost

    def _giver(self, name: str) -> Party:
        """Return who gave: whoever paid from this account before, or somebody new."""
        known = gathering.giver_of(self.line)
        if known is not None:
            return known
        return add_party(
            model=Party, kind=Party.Kind.PERSON, name=name.strip() or "Incognito",
            language=self.line.account.host.party.language, by=self.by,
        )  # fmt: skip

    def _tell_spending(self, payouts: list[Payout]) -> None:
        """Let each expense know that it is paid, once all of it has left."""
        for expense in expenses_of(payouts):
            if expense.status != Expense.Status.IN_PAYMENT:
                continue
            if not self._payouts_of(expense).exclude(state=Payout.State.PAID).exists():
                on = self.line.booked_on
                spending.settle_payment(expense=expense, on=on, reference="", by=self.by)

    def _payouts_of(self, expense: Expense) -> QuerySet[Payout]:
        """Return the payouts of the newest attempt to pay an expense."""
        return Payout.objects.filter(
            subject__startswith=f"expense:{expense.pk}:", attempt=expense.payout_attempt
        )

    def _left_by_a_line(self, payout: Payout) -> bool:
        """Whether a line, and not a person, told the books that a payout left."""
        return Match.objects.filter(
            payout=payout, kind=Match.Kind.PAYOUT, undone_at=None, was_confirmed=False
        ).exists()

    def _expense_of(self, payouts: list[Payout]) -> Expense | None:
        found = expenses_of(payouts)
        return found[0] if len(found) == 1 else None

    def _match(
        self,
        kind: Match.Kind,
        minor: int,
        *,
        charge: Charge | None = None,
        payout: Payout | None = None,
        was_confirmed: bool = False,
        note: str = "",
        number: int = 0,
    ) -> Match:
        return Match.objects.create(
            line=self.line,
            number=number or self._next_number(),
            kind=kind,
            amount_minor=minor,
            currency=self.line.currency,
            charge=charge,
            payout=payout,
            was_confirmed=was_confirmed,
            certainty=self.certainty,
            reason=self.reason,
            note=note,
            by=self.by,
            made_at=clock.now(),
        )

    def _next_number(self) -> int:
        last = Match.objects.filter(line=self.line).aggregate(last=Max("number"))["last"]
        return (last or 0) + 1

    def _money(self, minor: int) -> Money:
        return Money(minor, self.line.currency)


def expenses_of(payouts: Iterable[Payout]) -> list[Expense]:
    """Return the expenses that payouts are for."""
    ids = {int(one.subject.split(":")[1]) for one in payouts if one.subject.startswith("expense:")}
    found = Expense.objects.select_related("collective", "author", "payee")
    return list(found.filter(pk__in=ids).order_by("pk"))


def unmake_payout(payout: Payout, by: Party) -> None:
    """Let a payout wait again, and its expense: the line was something else."""
    payments.unconfirm_payout(payout=payout, on=clock.today(), by=by)
    for expense in expenses_of([payout]):
        if expense.status == Expense.Status.PAID:
            spending.unsettle_payment(expense=expense, by=by)
