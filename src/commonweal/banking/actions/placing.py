"""Placing lines: each becomes something, with its reason, and can be taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.banking import policies
from commonweal.banking.actions import booking, gathering
from commonweal.banking.actions.making import CannotBeUndone, DoesNotSum, Making, unmake_payout
from commonweal.banking.models import BankAccount, BankLine, Match
from commonweal.banking.rules import debits, deciding
from commonweal.banking.rules.deciding import Decision, Part, Seen
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge, Collection, Payout
from commonweal.people.models import Party
from commonweal.spending.models import Expense, PayRun

logger = logging.getLogger(__name__)
_CHUNK = 200
_CERTAIN = 100
_OPEN = [Charge.State.CREATED, Charge.State.PENDING, Charge.State.FAILED]


class PlacedAlready(Refused):
    """Somebody placed this line already. Reload the page to see as what."""


class NotPlaced(Refused):
    """This line is not placed, so there is nothing to undo."""


class WordsMissing(Refused):
    """Say in a few words what it was, so that next year somebody still understands."""

    status = 422


@dataclass(frozen=True)
class Share:
    """What a person says that a line, or a part of it, is. `amount_minor` has the line's sign."""

    kind: Literal[
        "gift", "new_gift", "payout", "run", "gift_back", "exchange", "own", "return", "debit"
    ]  # fmt: skip
    amount_minor: int
    contribution: Contribution | None = None
    collective: Collective | None = None
    expense: Expense | None = None
    run: PayRun | None = None
    charge: Charge | None = None
    pair: str = ""
    words: str = ""
    collections: tuple[int, ...] = ()


def place_new(*, host: Host, by: Party | None, most: int | None = None) -> int:
    """Place new lines that leave no doubt; ask about the others. Return how many were placed.

    Looks at up to `most` of them, oldest first; none named: at all. Some lines at a
    time are a transaction of their own, so that this may stop anywhere and be called again.
    """
    if by is not None and not policies.may_handle(by, host):
        raise NotAllowed
    placed, left = 0, most
    for account in host.bank_accounts.all():
        looked, done = _place_account(account, by, left)
        placed += done
        left = None if left is None else left - looked
    return placed


@transaction.atomic
def place(*, line: BankLine, shares: Sequence[Share], by: Party) -> list[Match]:
    """Place a line as a person says: whole or in parts."""
    _one_at_a_time(line.account_id)
    line = _locked(line)
    if not policies.may_handle(by, line.account.host):
        raise NotAllowed
    if line.state == BankLine.State.PLACED:
        raise PlacedAlready
    sign = 1 if line.amount_minor > 0 else -1
    if sum(one.amount_minor for one in shares) != line.amount_minor or any(
        one.amount_minor * sign <= 0 for one in shares
    ):
        raise DoesNotSum
    made = [match for share in shares for match in _become(line, share, by)]
    _is_placed(line)
    _tell("bank_line.placed", line, by)
    return made


@transaction.atomic
def undo(*, line: BankLine, by: Party) -> BankLine:
    """Take back what a line became: by a reversal, so that both can be read for ever."""
    line = _locked(line)
    if not policies.may_handle(by, line.account.host):
        raise NotAllowed
    matches = list(line.matches.select_related("charge", "payout").filter(undone_at=None))
    if line.state != BankLine.State.PLACED or not matches:
        raise NotPlaced
    for match in matches:
        match.line = line
        _take_back(match, by)
        match.undone_at, match.undone_by = clock.now(), by
        match.save(update_fields=["undone_at", "undone_by"])
    line.state, line.question = BankLine.State.ASKED, "undone"
    line.save(update_fields=["state", "question"])
    _tell("bank_line.undone", line, by)
    return line


def _place_account(account: BankAccount, by: Party | None, most: int | None) -> tuple[int, int]:
    """Place the new lines of one account; return how many were looked at, and how many placed."""
    looked, placed, last = 0, 0, 0
    while most is None or looked < most:
        size = _CHUNK if most is None else min(_CHUNK, most - looked)
        lines, done = _place_some(account, by, after=last, size=size)
        if not lines:
            break
        last = lines[-1].pk
        looked += len(lines)
        placed += done
    return looked, placed


@transaction.atomic
def _place_some(
    account: BankAccount, by: Party | None, *, after: int, size: int
) -> tuple[list[BankLine], int]:
    """Place some new lines of an account, knowing all that was placed before; return how many."""
    _one_at_a_time(account.pk)
    new = BankLine.objects.filter(account=account, state=BankLine.State.NEW, pk__gt=after)
    lines = list(new.order_by("pk")[:size])
    pairs = [(line, gathering.seen(line)) for line in lines]
    chunk = _Chunk(account, gathering.gathered(account, pairs), by)
    for line, seen in sorted(pairs, key=lambda pair: (pair[1].on, pair[0].pk)):
        chunk.take(line, seen)
    chunk.flush()
    return lines, chunk.placed


def _one_at_a_time(account: int) -> None:
    """Let whoever places lines of this account wait for each other, so that each knows the last."""
    list(BankAccount.objects.select_for_update(no_key=True).filter(pk=account))


class _Chunk:
    """Places lines in their order: gifts that follow each other together, all else one by one."""

    def __init__(self, account: BankAccount, books: gathering.Books, by: Party | None) -> None:
        self.account, self.books, self.by = account, books, by
        self.gifts: list[tuple[BankLine, Decision]] = []
        self.placed = 0

    def take(self, line: BankLine, seen: Seen) -> None:
        """Decide about a line, with all that the lines before it changed."""
        if seen.amount < 0 or seen.is_return:
            self.flush()
        decision = debits.decide(seen, self.books.asked) or deciding.decide(
            seen, self.books.known(seen)
        )
        if decision.is_certain and all(
            part.kind == "gift" and not part.is_confirmed for part in decision.parts
        ):
            self.gifts.append((line, decision))
            for part in decision.parts:
                self.books.note_gift(line, part.numbers[0])
            return
        self.flush()
        self.placed += _settle(line, decision, self.books, self.by)

    def flush(self) -> None:
        """Place the gifts that were decided about, in one transaction."""
        gifts, self.gifts = self.gifts, []
        if not gifts:
            return
        try:
            with transaction.atomic():
                made = _place_gifts(self.account, gifts, self.by)
        except Refused:  # one of them cannot be: find out which
            self.placed += sum(_settle(line, one, self.books, self.by) for line, one in gifts)
            return
        self.placed += len({match.line_id for match in made})
        for match in made:
            self.books.note_charge(match.line, match.charge_id or 0, match.amount_minor)


def _place_gifts(
    account: BankAccount, gifts: Sequence[tuple[BankLine, Decision]], by: Party | None
) -> list[Match]:
    """Settle the promises of many lines, and say why; lines that somebody placed are left out."""
    locked = BankLine.objects.select_for_update().filter(
        pk__in=[line.pk for line, _ in gifts], state=BankLine.State.NEW
    )
    free = {line.pk: line for line in locked.order_by("pk")}
    parts = [
        (free[line.pk], decision, part)
        for line, decision in gifts
        if line.pk in free
        for part in decision.parts
    ]
    charges = giving.receive_all(
        arrivals=[
            giving.Arrival(part.numbers[0], Money(part.amount, line.currency), line.booked_on)
            for line, _, part in parts
        ],
        host=account.host_id,
        by=by,
    )
    matches = [
        Match(
            line=line, number=decision.parts.index(part) + 1, kind=Match.Kind.GIFT,
            amount_minor=part.amount, currency=line.currency, charge=charge,
            certainty=decision.certainty, reason=str(decision.reason), by=by, made_at=clock.now(),
        )
        for (line, decision, part), charge in zip(parts, charges, strict=True)
    ]  # fmt: skip
    Match.objects.bulk_create(matches)
    BankLine.objects.filter(pk__in=free).update(state=BankLine.State.PLACED, question="", about=[])
    return matches


def _settle(line: BankLine, decision: Decision, books: gathering.Books, by: Party | None) -> bool:
    """Do what was decided about one line; where that is refused, ask instead."""
    if not decision.is_certain:
        _ask(line, decision)
        return False
    try:
        with transaction.atomic():
            fresh = _locked(line)
            if fresh.state != BankLine.State.NEW:
                return False
            made = [
                match for part in decision.parts for match in _follow(fresh, part, decision, by)
            ]
            _is_placed(fresh)
    except Refused as refusal:
        logger.info("line %s waits for a person: %s", line.uuid, type(refusal).__name__)
        about = tuple(number for part in decision.parts for number in part.numbers)
        _ask(line, Decision(question="several", about=about))
        return False
    for match, part in zip(made, _each(decision.parts), strict=False):
        if part.kind == "gift":
            books.note_gift(fresh, part.numbers[0])
            books.note_charge(fresh, match.charge_id or 0, match.amount_minor)
            books.note_seen(part.numbers[0], match.charge_id or 0)
        elif part.kind == "debit":
            books.note_collected(part.numbers)
        else:
            books.note_left(part.numbers)
    return True


def _each(parts: Sequence[Part]) -> Iterator[Part]:
    yield from parts


def _ask(line: BankLine, decision: Decision) -> None:
    """Leave a line to a person, with the question and what it may be about."""
    BankLine.objects.filter(pk=line.pk, state=BankLine.State.NEW).update(
        state=BankLine.State.ASKED,
        question=decision.question or "nothing",
        about=list(decision.about),
    )


def _follow(line: BankLine, part: Part, decision: Decision, by: Party | None) -> list[Match]:
    """Do one part of a decision."""
    make = Making(line, by, decision.certainty, str(decision.reason))
    match part.kind:
        case "gift":
            return [_follow_gift(make, part)]
        case "payout":
            return make.payouts(list(Payout.objects.filter(pk__in=part.numbers)))
        case "payout_back":
            return make.payouts_back(list(Payout.objects.filter(pk__in=part.numbers)))
        case "refund":
            charge = Charge.objects.get(pk=part.numbers[0])
            return [make.refund(charge, part.amount, is_confirmed=part.is_confirmed)]
        case "gift_back":
            return make.gift_back(Charge.objects.get(pk=part.numbers[0]), part.amount)
        case "debit":
            return make.debits(list(Collection.objects.filter(pk__in=part.numbers)), part.amount)
        case "own":
            return [make.own(part.amount, "", is_fee=True)]


def _follow_gift(make: Making, part: Part) -> Match:
    if part.is_confirmed:
        return make.confirmed_gift(Charge.objects.get(pk=part.charge), part.amount)
    return make.gift(Contribution.objects.get(pk=part.numbers[0]), part.amount)


def _become(line: BankLine, share: Share, by: Party) -> list[Match]:
    """Do one part of what a person said."""
    make = Making(line, by, _CERTAIN, "by_hand")
    if share.kind == "gift":
        assert share.contribution is not None, "a gift names its promise"
        return [make.gift(share.contribution, share.amount_minor)]
    if share.kind == "new_gift":
        assert share.collective is not None, "a new gift names its group"
        return [make.new_gift(share.collective, share.amount_minor, share.words)]
    if share.kind == "payout":
        assert share.expense is not None, "a payout names its expense"
        return make.expense(share.expense, share.amount_minor)
    if share.kind in {"return", "exchange"}:
        is_back = share.kind == "return"
        minor = share.amount_minor
        return [make.going_back(minor) if is_back else make.exchange(minor, share.pair)]
    return _become_more(make, share)


def _become_more(make: Making, share: Share) -> list[Match]:
    """Do one part of what a person said: collected, a whole run, taken back, or the host's."""
    if share.kind == "debit":
        return _debits(make, share)
    if share.kind == "run":
        assert share.run is not None, "a pay run is named"
        return make.run(share.run, share.amount_minor)
    if share.kind == "gift_back":
        assert share.charge is not None, "a gift that was taken back is named"
        return make.gift_back(share.charge, share.amount_minor)
    if not share.words.strip():
        raise WordsMissing
    return [make.own(share.amount_minor, share.words.strip(), is_fee=False)]


def _debits(make: Making, share: Share) -> list[Match]:
    """Settle what was collected, or take the one of it out that the bank took back."""
    of_host = Collection.objects.filter(run__host=make.line.account.host_id)
    found = list(of_host.filter(pk__in=share.collections).select_related("charge"))
    if share.amount_minor > 0:
        return make.debits(found, share.amount_minor)
    if len(found) != 1 or found[0].amount_minor != -share.amount_minor:
        raise DoesNotSum
    return make.gift_back(found[0].charge, share.amount_minor)


def _take_back(match: Match, by: Party) -> None:
    """Reverse what one match did."""
    kind = match.kind
    if match.was_confirmed or kind in {Match.Kind.OWN, Match.Kind.EXCHANGE}:
        booking.reverse(match, on=clock.today())
    elif kind == Match.Kind.GIFT and match.charge is not None:
        if match.charge.collections.exists():  # only a bank takes it back
            raise CannotBeUndone
        giving.undo_receipt(charge=match.charge, on=clock.today(), by=by)
    elif kind == Match.Kind.RETURN and match.payout is not None:
        if match.payout.state != Payout.State.HELD:
            raise CannotBeUndone
        payments.return_payout(payout=match.payout, on=clock.today(), by=by)
    elif kind == Match.Kind.PAYOUT and match.payout is not None:
        unmake_payout(match.payout, by)
    elif kind == Match.Kind.REFUND and match.charge is not None:
        payments.unconfirm_back(
            charge=match.charge, amount=Money(-match.amount_minor, match.currency),
            on=clock.today(), by=by,
        )  # fmt: skip
    else:
        raise CannotBeUndone


def _locked(line: BankLine) -> BankLine:
    found = BankLine.objects.select_for_update(of=("self",)).select_related("account__host__party")
    return found.get(pk=line.pk)


def _is_placed(line: BankLine) -> None:
    line.state, line.question, line.about = BankLine.State.PLACED, "", []
    line.save(update_fields=["state", "question", "about"])


def _tell(kind: str, line: BankLine, by: Party) -> None:
    record(kind, subject=f"bank_line:{line.pk}", by=by.pk, party=line.account.host_id, public=False)
