"""Questions about what the bank says: statements, gaps, lines that wait, what they may be."""

from __future__ import annotations

import json
from collections.abc import Collection as Many
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.db.models import Count, Sum

from commonweal.banking.models import BankAccount, BankLine, BankStatement, Match
from commonweal.banking.rules import reading, table
from commonweal.collectives.models import Collective
from commonweal.foundation import text
from commonweal.foundation.money import Money
from commonweal.giving import queries as giving
from commonweal.giving.models import Contribution, Interval
from commonweal.hosting.models import Host, Hosting
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Account, Purpose
from commonweal.payments.models import Charge, Payout
from commonweal.payments.queries import Unexplained
from commonweal.spending.models import Expense

RAIL = "transfer"
_LOOKED_THROUGH = 500
_SHORT = 2


@dataclass(frozen=True)
class Said:
    """What the bank says of the other side of a line. Private."""

    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    reason: str = ""
    bank_ref: str = ""
    original: str = ""
    batch: str = ""

    @property
    def message(self) -> str:
        """Return what was typed, with the structured reference before it."""
        return f"{self.reference} {self.text}".strip()

    @property
    def mask(self) -> str:
        """Return the account number with its middle hidden."""
        return f"{self.iban[:4]} … {self.iban[-4:]}" if self.iban else ""


@dataclass(frozen=True)
class Compared:
    """What the bank says stands on a host's accounts, and what the books say."""

    bank: Money
    books: Money
    until: date

    @property
    def difference(self) -> Money:
        """How much more the bank holds than the books say."""
        return self.bank - self.books


@dataclass(frozen=True)
class Suggestion:
    """A promise, or else a group, that a line may be for, and why."""

    why: str
    contribution: Contribution | None
    group: Collective | None = None

    @property
    def collective(self) -> Collective:
        """The group that would get the money."""
        found = self.group or (self.contribution and self.contribution.collective)
        assert found, "a suggestion is about a group"
        return found


def said_of(line: BankLine) -> Said:
    """Return what the bank says of the other side of a line."""
    return Said(**json.loads(line.said)) if line.said else Said()


def remembered_columns(host: Host, content: IO[bytes]) -> table.Columns | None:
    """Return which column is which in this CSV, if a person told for one like it."""
    content.seek(0)
    if reading.kind(content.read(4096)) != table.FAMILY:
        return None
    content.seek(0)
    signature = table.signature(table.headers(reading.text_of(content)))
    for account in BankAccount.objects.filter(host=host):
        if signature in account.columns:
            return table.Columns(**account.columns[signature])
    return None


def gap_before(statement: BankStatement) -> int:
    """Return by how much a statement begins with other money than the one before left."""
    if statement.opening_minor is None:
        return 0
    before = list(
        BankStatement.objects.filter(
            account=statement.account, to_on__lte=statement.from_on, closing_minor__isnull=False
        ).order_by("-to_on", "-id")[:2]
    )
    gaps = [statement.opening_minor - _left_by(one, statement.from_on) for one in before]
    return 0 if 0 in gaps else next(iter(gaps), 0)


def _left_by(before: BankStatement, day: date) -> int:
    """Return what an earlier statement leaves, with what other files say came in between."""
    between = BankLine.objects.filter(
        account=before.account_id, booked_on__gt=before.to_on, booked_on__lt=day
    )
    return (before.closing_minor or 0) + int(between.aggregate(s=Sum("amount_minor"))["s"] or 0)


def compared(host: Host) -> Compared | None:
    """Return what the newest statements say, beside the books; None before the first statement."""
    newest = [
        one
        for account in BankAccount.objects.filter(host=host, currency=host.currency)
        if (one := _newest(account)) is not None
    ]
    if not newest:
        return None
    bank = sum((one.closing_minor or 0) + _after(one) for one in newest)
    held = ledger.balance(
        ledger.account_of(Purpose.BANK, host=host.pk, currency=host.currency, rail=RAIL)
    )
    return Compared(Money(bank, host.currency), -held, max(one.to_on for one in newest))


def _newest(account: BankAccount) -> BankStatement | None:
    found = account.statements.filter(closing_minor__isnull=False)
    return found.order_by("-to_on", "-id").first()


def _after(statement: BankStatement) -> int:
    """Return what files without balances say came after a statement."""
    later = BankLine.objects.filter(
        account=statement.account_id, booked_on__gt=statement.to_on
    ).aggregate(s=Sum("amount_minor"))["s"]
    return int(later or 0)


def statements(host: Host, *, most: int = 30) -> list[BankStatement]:
    """Return a host's newest statements."""
    found = BankStatement.objects.filter(account__host=host).select_related("account", "file")
    return list(found.order_by("-to_on", "-id")[:most])


def waiting(host: Host, *, most: int = 20) -> list[BankLine]:
    """Return the lines that wait for a person, oldest first."""
    found = BankLine.objects.filter(account__host=host, state=BankLine.State.ASKED)
    return list(found.select_related("account").order_by("booked_on", "pk")[:most])


def counts(host: Host) -> dict[str, int]:
    """Return how many lines wait for a person, and how many nobody looked at yet."""
    rows = BankLine.objects.filter(account__host=host).exclude(state=BankLine.State.PLACED)
    return dict(rows.values_list("state").annotate(n=Count("pk")).values_list("state", "n"))


def suggestions(lines: Sequence[BankLine], *, most: int = 5) -> dict[int, list[Suggestion]]:
    """Return what each of several lines of one host may be for, the likeliest first.

    What the question is about comes first, then promises that wait whose giver's name the bank
    writes or whose amount came, then the groups that this account gave to before. Asks the same
    few questions for one line as for twenty.
    """
    came = [one for one in lines if one.amount_minor > 0]
    if not came:
        return {}
    about = promises_in({number for one in came for number in one.about})
    waits, groups = _waiting_promises(came[0].account.host_id), _groups_of(came)
    return {
        one.pk: _suggested(one, [about[n] for n in one.about if n in about], waits, groups)[:most]
        for one in came
    }


def _suggested(
    line: BankLine,
    about: list[Contribution],
    waits: list[Contribution],
    groups: dict[str, list[Collective]],
) -> list[Suggestion]:
    if line.question == "nothing":  # then it is only about what this account gave before
        about = [one for one in about if one.interval != Interval.ONCE or one in waits]
    words = _words(said_of(line).name)
    named = [one for one in waits if words & _words(one.contributor.name)]
    fitting = [one for one in waits if one.amount_minor == line.amount_minor]
    found: dict[int, Suggestion] = {}
    for why, promises in (
        ("asked", about),
        ("name_and_amount", [one for one in named if one in fitting]),
        ("name", named),
        ("amount", fitting),
    ):
        for one in promises:
            found.setdefault(one.pk, Suggestion(why, one))
    known = [Suggestion("account", None, group) for group in groups.get(line.payer, ())]
    return [*found.values(), *known]


def expenses_for(line: BankLine, *, most: int = 5) -> list[Expense]:
    """Return the expenses in payment of this amount, which a line that left may have paid."""
    hosted = Hosting.objects.filter(host=line.account.host, until=None).values("collective")
    found = Expense.objects.filter(
        collective__in=hosted,
        status=Expense.Status.IN_PAYMENT,
        amount_minor=-line.amount_minor,
        currency=line.currency,
    )
    return list(found.select_related("collective", "payee").order_by("pk")[:most])


def promises_in(numbers: Many[int]) -> dict[int, Contribution]:
    """Return these promises by their number, with who gives and to whom."""
    rows = Contribution.objects.select_related("collective", "contributor")
    return rows.in_bulk(list(numbers))


def _waiting_promises(host: int) -> list[Contribution]:
    """Return the promises that a host waits for by bank transfer, newest first."""
    charges = Charge.objects.filter(
        host=host, rail=RAIL, state__in=[Charge.State.CREATED, Charge.State.PENDING]
    ).order_by("-pk")[:_LOOKED_THROUGH]
    numbers = [number for one in charges if (number := giving.id_in(one.subject))]
    rows = promises_in(numbers)
    return [rows[one] for one in numbers if one in rows]


def _groups_of(lines: Sequence[BankLine]) -> dict[str, list[Collective]]:
    """Return the groups that the accounts behind these lines gave to before."""
    payers = {one.payer for one in lines if one.payer}
    gifts = Match.objects.filter(
        line__payer__in=payers, line__account__host=lines[0].account.host_id,
        kind=Match.Kind.GIFT, undone_at=None,
    ).values_list("line__payer", "charge__subject")  # fmt: skip
    numbers = {(payer, giving.id_in(subject or "")) for payer, subject in gifts}
    rows = promises_in({number for _, number in numbers if number})
    found: dict[str, dict[int, Collective]] = {}
    for payer, number in sorted(numbers, key=str):
        if number in rows:
            group = rows[number].collective
            found.setdefault(payer, {})[group.pk] = group
    return {payer: list(groups.values()) for payer, groups in found.items()}


def _words(name: str) -> set[str]:
    """Return the words of a name that may tell people apart."""
    return {one for one in text.slug(name).split("-") if len(one) > _SHORT}


def line(host: Host, number: int) -> BankLine | None:
    """Return a line of a host's accounts."""
    found = BankLine.objects.select_related("account__host__party", "statement")
    return found.filter(account__host=host, pk=number).first()


def with_new_lines() -> list[Host]:
    """Return the hosts with lines that nobody looked at yet."""
    new = BankLine.objects.filter(state=BankLine.State.NEW).values("account__host")
    return list(Host.objects.select_related("party").filter(pk__in=new))


def unexplained() -> list[Unexplained]:
    """Return where the books hold other money as not placed than the lines that wait."""
    waits = BankLine.objects.exclude(state=BankLine.State.PLACED)
    sums = {
        (host, currency): int(total)
        for host, currency, total in waits.values_list("account__host", "currency")
        .annotate(total=Sum("amount_minor"))
        .values_list("account__host", "currency", "total")
    }
    accounts = Account.objects.filter(purpose=Purpose.UNPLACED)
    held = ledger.balances(accounts.values_list("pk", flat=True))
    return [
        Unexplained(one.public_id, held[one.pk], Money(explained, one.currency))
        for one in accounts.order_by("pk")
        if held[one.pk].minor != (explained := sums.get((one.host_id or 0, one.currency), 0))
    ]


def newest_matches(host: Host, *, most: int = 12) -> list[Match]:
    """Return what lines of a host became lately, the newest first."""
    found = Match.objects.filter(line__account__host=host, undone_at=None)
    return list(found.select_related("line", "by", "charge", "payout").order_by("-pk")[:most])


def matches_of(line: BankLine) -> list[Match]:
    """Return all that a line ever became, the newest first."""
    rows = line.matches.select_related("by", "undone_by", "charge", "payout")
    return list(rows.order_by("-number"))


def to_send_back(host: Host, *, most: int = 20) -> list[Match]:
    """Return the money that is nobody's here and still has to go back, oldest first."""
    found = Match.objects.filter(
        line__account__host=host, kind=Match.Kind.RETURN, undone_at=None,
        payout__state__in=[Payout.State.HELD, Payout.State.SENT],
    )  # fmt: skip
    return list(found.select_related("line", "payout").order_by("pk")[:most])


def titles(matches: Sequence[Match]) -> dict[int, str]:
    """Return what each of several matches is about: a group, or an expense and its group."""
    gifts = {one.pk: giving.id_in(one.charge.subject) for one in matches if one.charge}
    spent = {
        one.pk: int(one.payout.subject.split(":")[1])
        for one in matches
        if one.payout and one.payout.subject.startswith("expense:")
    }
    promises = promises_in({number for number in gifts.values() if number})
    expenses = Expense.objects.select_related("collective").in_bulk(set(spent.values()))
    named = {pk: promises[number].collective.name for pk, number in gifts.items() if number}
    for pk, number in spent.items():
        named[pk] = f"{expenses[number].collective.name}: {expenses[number].title}"
    return named
