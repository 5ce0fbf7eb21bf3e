"""Gathering what the books know that may have to do with lines, for many lines in a few queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from commonweal.banking.actions.collected import asked
from commonweal.banking.models import BankAccount, BankLine, Match
from commonweal.banking.queries import said_of
from commonweal.banking.rules import references
from commonweal.banking.rules.debits import Asked
from commonweal.banking.rules.deciding import Given, Known, Outgoing, Promise, Seen
from commonweal.foundation.fields import blind
from commonweal.giving import queries as giving
from commonweal.giving.models import Contribution, Standing
from commonweal.payments.models import Charge, Payout
from commonweal.payments.queries import at_the_bank
from commonweal.people.models import Party
from commonweal.spending.models import Expense
from commonweal.spending.queries import runs

_KEY = re.compile(r"[0-9a-f]{32}")
_FEES = re.compile(r"CHRG|COMM|FEES|NCHG|^.80|^NMSC-CHG")
_LOOK_BACK = timedelta(days=120)
_WAITS = {Charge.State.CREATED, Charge.State.PENDING, Charge.State.FAILED}
_OVER = {Contribution.Status.CANCELLED, Contribution.Status.REFUNDED}


@dataclass
class Books:
    """What is known about the lines of one account, kept true while they are placed."""

    promises: dict[int, Promise] = field(default_factory=dict)
    by_reference: dict[str, int] = field(default_factory=dict)
    by_payer: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    outgoing: list[Outgoing] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def known(self, line: Seen) -> Known:
        """Return what may have to do with one line."""
        named = [digits for digits, _ in line.references if digits in self.by_reference]
        return Known(
            by_reference={digits: self.promises[self.by_reference[digits]] for digits in named},
            of_payer=[self.promises[one] for one in sorted(self.by_payer.get(line.payer, ()))],
            outgoing=self.outgoing,
            given=self.given,
        )

    def note_gift(self, line: BankLine, number: int) -> None:
        """Remember that a line is for a promise, for the lines after it."""
        promise = self.promises[number]
        self.promises[number] = replace(
            promise,
            waits=False,
            last_on=max(line.booked_on, promise.last_on or line.booked_on),
            payers=promise.payers | {line.payer} if line.payer else promise.payers,
        )
        if line.payer:
            self.by_payer[line.payer].add(number)

    def note_charge(self, line: BankLine, charge: int, minor: int) -> None:
        """Remember which charge a line brought, in case that it is taken back."""
        if line.payer:
            self.given.append(Given(charge, minor, line.payer, line.booked_on))

    def note_seen(self, number: int, charge: int) -> None:
        """Remember that the bank has shown what a person confirmed before."""
        promise = self.promises[number]
        left = [one for one in promise.unseen if one[0] != charge]
        self.promises[number] = replace(promise, unseen=left)

    def note_left(self, numbers: Sequence[int]) -> None:
        """Remember that money to be sent was seen leaving."""
        self.outgoing = [
            replace(one, has_left=True, unseen_on=None) if set(one.numbers) & set(numbers) else one
            for one in self.outgoing
        ]

    def note_collected(self, numbers: Sequence[int]) -> None:
        """Remember that the money of some collections came, for the lines after it."""
        self.asked = [
            replace(one, has_come=True) if one.number in numbers else one for one in self.asked
        ]


def seen(line: BankLine) -> Seen:
    """Return a line reduced to what decides."""
    said = said_of(line)
    typed = [said.reference, said.text, said.end_to_end]
    found = references.found_in(*typed)
    keys = _KEY.findall(" ".join([*typed, said.batch]).lower().replace("-", ""))
    return Seen(
        amount=line.amount_minor,
        on=line.booked_on,
        payer=line.payer,
        keys=frozenset(keys),
        references=[(one.digits, one.is_checked) for one in found],
        is_return=line.is_return,
        is_fee=bool(_FEES.search(line.code)),
        code=line.code,
    )


def gathered(account: BankAccount, lines: Sequence[tuple[BankLine, Seen]]) -> Books:
    """Return what the books know about these lines."""
    books = Books(asked=asked(account.host_id, {key for _, line in lines for key in line.keys}))
    digits = {one for _, line in lines for one, _ in line.references}
    payers = {line.payer for _, line in lines if line.payer}
    named = _charges(account).filter(reference__in=digits)
    by_digits = dict(named.order_by("pk").values_list("reference", "subject"))
    paid = _paid_by(account, payers)
    numbers = {giving.id_in(subject) for subject in by_digits.values()}
    numbers |= {number for number, _ in paid}
    givers = _contributors(numbers)
    _add_promises(books, account, {one for one in numbers if one}, givers)
    for one, subject in by_digits.items():
        number = giving.id_in(subject)
        if number in books.promises:
            books.by_reference[one] = number
    _add_payers(books, paid)
    if any(line.amount < 0 or line.is_return or line.keys for _, line in lines):
        days = [line.on for _, line in lines]
        books.outgoing = _outgoing(account, min(days))
        books.given = [one for _, one in paid]
    return books


def _charges(account: BankAccount) -> QuerySet[Charge]:
    return Charge.objects.filter(host=account.host_id, currency=account.currency, rail="transfer")


def _paid_by(account: BankAccount, payers: Iterable[str]) -> list[tuple[int, Given]]:
    """Return what these accounts paid before, with the number of the contribution."""
    rows = Match.objects.filter(
        kind=Match.Kind.GIFT,
        undone_at=None,
        line__account__host=account.host_id,
        line__payer__in=list(payers),
    ).values_list("charge__subject", "charge", "amount_minor", "line__payer", "line__booked_on")
    return [
        (number, Given(charge or 0, amount, payer, on))
        for subject, charge, amount, payer, on in rows
        if (number := giving.id_in(subject or "")) is not None
    ]


def _contributors(numbers: Iterable[int | None]) -> set[int]:
    rows = Contribution.objects.filter(pk__in=[one for one in numbers if one])
    return set(rows.values_list("contributor", flat=True))


def _add_promises(books: Books, account: BankAccount, numbers: set[int], givers: set[int]) -> None:
    """Add these promises, and what else their givers have promised and not paid."""
    waiting = Q(contributor__in=givers, status=Contribution.Status.PLEDGED)
    rows = list(Contribution.objects.filter(Q(pk__in=numbers) | waiting))
    subjects = {giving.subject_of(row): row for row in rows}
    charges: dict[int, list[Charge]] = defaultdict(list)
    for charge in _charges(account).filter(subject__in=subjects).order_by("pk"):
        charges[subjects[charge.subject].pk].append(charge)
    shown = _shown([charge.pk for found in charges.values() for charge in found])
    for row in rows:
        if row.pk in charges:
            books.promises[row.pk] = _promise(row, charges[row.pk], shown)


def _shown(charges: list[int]) -> dict[int, str]:
    """Return the charges that a line has shown, with the account that paid."""
    rows = Match.objects.filter(charge__in=charges, kind=Match.Kind.GIFT, undone_at=None)
    return {charge or 0: payer for charge, payer in rows.values_list("charge", "line__payer")}


def _promise(row: Contribution, charges: list[Charge], shown: dict[int, str]) -> Promise:
    here = [one for one in charges if one.arrived_on]
    come = [one for one in here if one.refunded_minor < one.amount_minor]
    payers = {shown[one.pk] for one in charges if shown.get(one.pk)}
    return Promise(
        number=row.pk,
        interval=row.interval,
        amount=row.amount_minor,
        waits=any(one.state in _WAITS for one in charges),
        ended=row.standing == Standing.ENDED if row.standing else row.status in _OVER,
        last_on=max((one.arrived_on for one in come if one.arrived_on), default=None),
        payers=frozenset(payers),
        contributor=row.contributor_id,
        unseen=[
            (one.pk, one.arrived_on, one.amount_minor)
            for one in here  # also what went back since: the bank shows both
            if one.pk not in shown and one.arrived_on
        ],
    )


def _add_payers(books: Books, paid: Iterable[tuple[int, Given]]) -> None:
    """Say which account pays which promises: those it paid, and what its owner promised besides."""
    of_giver: dict[int, set[int]] = defaultdict(set)
    for promise in books.promises.values():
        of_giver[promise.contributor].add(promise.number)
    for number, gift in paid:
        if number in books.promises:
            books.by_payer[gift.payer].add(number)
            books.by_payer[gift.payer] |= {
                one
                for one in of_giver[books.promises[number].contributor]
                if books.promises[one].waits
            }


def _outgoing(account: BankAccount, first: date) -> list[Outgoing]:
    """Return what this host is sending, or sent of late."""
    since = first - _LOOK_BACK
    payouts = list(
        Payout.objects.filter(host=account.host_id, currency=account.currency).filter(
            Q(state__in=[Payout.State.HELD, Payout.State.SENT])
            | Q(state=Payout.State.PAID, paid_on__gte=since)
        )
    )
    rows = Match.objects.filter(payout__in=payouts, kind=Match.Kind.PAYOUT, undone_at=None)
    shown = dict(rows.values_list("payout", "line__payer"))
    payers = _payees(payouts, shown)
    groups: dict[str, list[Payout]] = defaultdict(list)
    for one in payouts:
        groups[f"{one.subject.rpartition(':')[0] or one.subject}/{one.attempt}/{one.state}"].append(
            one
        )
    found = [one for many in groups.values() for one in _transfers(many, payers, shown)]
    return [*found, *_whole_runs(account), *_going_back(account, since)]


def _whole_runs(account: BankAccount) -> Iterator[Outgoing]:
    """Return what is open of each pay run, which a bank may show as one line."""
    open_runs = runs.open_runs(account.host)
    amounts = dict(
        Payout.objects.filter(
            pk__in=[one for many in open_runs.values() for one in many], currency=account.currency
        ).values_list("pk", "amount_minor")
    )
    for run, numbers in open_runs.items():
        ours = [one for one in numbers if one in amounts]
        if len(ours) > 1:
            yield Outgoing(
                kind="payout", numbers=tuple(ours), amount=sum(amounts[one] for one in ours),
                key=run.uuid.hex, run=run.number,
            )  # fmt: skip


def _transfers(
    payouts: list[Payout], payers: dict[int, str], shown: dict[int, str]
) -> Iterator[Outgoing]:
    """Return the transfers that the payouts of one expense may have left as.

    Those of a bank's file travel as one, with one key; by hand they left one by one or together.
    """
    if payouts[0].external_id:
        yield _payout(payouts, payers, shown, key=payouts[0].external_id)
        return
    for one in payouts:
        yield _payout([one], payers, shown, key=one.uuid.hex)
    if len(payouts) > 1:
        yield _payout(payouts, payers, shown, key="")


def _payout(
    payouts: list[Payout], payers: dict[int, str], shown: dict[int, str], *, key: str
) -> Outgoing:
    first = payouts[0]
    has_left = first.state == Payout.State.PAID
    is_seen = any(one.pk in shown for one in payouts)
    return Outgoing(
        kind="payout",
        numbers=tuple(one.pk for one in payouts),
        amount=sum(one.amount_minor for one in payouts),
        key=key,
        payer=payers.get(first.pk, ""),
        has_left=has_left,
        unseen_on=first.paid_on if has_left and not is_seen else None,
    )


def _payees(payouts: list[Payout], shown: dict[int, str]) -> dict[int, str]:
    """Return for each payout what stands for the account that it goes to."""
    found = {pk: payer for pk, payer in shown.items() if payer}
    ids = {
        one.pk: int(one.subject.split(":")[1]) for one in payouts if one.subject[:8] == "expense:"
    }
    expenses = Expense.objects.select_related("payout_method").in_bulk(set(ids.values()))
    for pk, number in ids.items():
        method = expenses[number].payout_method if number in expenses else None
        if method is not None and pk not in found:
            found[pk] = blind(method.iban)
    lines = {
        one.pk: int(one.subject.split(":")[1]) for one in payouts if one.subject[:5] == "line:"
    }
    returned = dict(BankLine.objects.filter(pk__in=lines.values()).values_list("pk", "payer"))
    return found | {pk: returned.get(line, "") for pk, line in lines.items()}


def _going_back(account: BankAccount, since: date) -> Iterator[Outgoing]:
    """Return the gifts that this host sends back, or of which a person said that they left."""
    by_hand = Q(returned_minor__gt=0, returned_on__gte=since)
    of_host = Charge.objects.filter(host=account.host_id, currency=account.currency)
    of_host = of_host.filter(rail__in=at_the_bank())
    charges = list(of_host.filter(Q(state=Charge.State.REFUNDING) | by_hand))
    numbers = [one.pk for one in charges]
    shown = _shown(numbers)
    seen_leaving = set(
        Match.objects.filter(
            charge__in=numbers, kind__in=[Match.Kind.REFUND, Match.Kind.GIFT_BACK], undone_at=None
        ).values_list("charge", flat=True)
    )
    for one in charges:
        left = one.refunded_minor - one.returned_minor
        payer = shown.get(one.pk, "")
        if left:
            yield Outgoing("refund", (one.pk,), left, key=one.uuid.hex, payer=payer)
        elif one.pk not in seen_leaving:
            yield Outgoing(
                "refund", (one.pk,), one.returned_minor, key=one.uuid.hex, payer=payer,
                unseen_on=one.returned_on, has_left=True,
            )  # fmt: skip


def giver_of(line: BankLine) -> Party | None:
    """Return who gave from this account before, where that was one and the same."""
    if not line.payer:
        return None
    numbers = {number for number, _ in _paid_by(line.account, [line.payer])}
    rows = Contribution.objects.select_related("contributor").filter(pk__in=numbers)
    givers = {row.contributor_id: row.contributor for row in rows}
    return next(iter(givers.values())) if len(givers) == 1 else None
