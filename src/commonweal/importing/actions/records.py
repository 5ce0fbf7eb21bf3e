"""The contributions and expenses behind the rows of an export, and what backers gave in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from django.db.models import Max

from commonweal.foundation import ids
from commonweal.foundation.money import PPM
from commonweal.giving.models import Contribution, Support
from commonweal.giving.queries import ID_LENGTH
from commonweal.importing.actions.faces import Faces
from commonweal.importing.actions.homes import Home
from commonweal.importing.rules.export import RAIL, Row
from commonweal.importing.rules.movements import Movement, What
from commonweal.ledger.models import Category
from commonweal.spending.models import Expense, ExpenseItem

_AT_ONCE = 1000


@dataclass
class Records:
    """Stores what stands beside the ledger, and knows by which public ids the ledger names it."""

    home: Home
    faces: Faces
    categories: Mapping[str, Category]

    def store(self, movements: Sequence[Movement]) -> dict[int, Mapping[str, str]]:
        """Store the records of new movements; return the ledger's references to them by line."""
        given_back = {m.of.line for m in movements if m.of and m.what is What.REFUND}
        gifts = {
            m.row.line: self._contribution(m, given_back=m.row.line in given_back)
            for m in movements
            if m.what is What.CONTRIBUTION
        }
        Contribution.objects.bulk_create(gifts.values(), batch_size=_AT_ONCE)
        spent = self._store_expenses([m for m in movements if m.what is What.EXPENSE])
        self._store_support(movements)
        return {
            **{line: {"contribution": gift.public_id} for line, gift in gifts.items()},
            **{line: {"expense": str(expense.number)} for line, expense in spent.items()},
        }

    def take_back(self, public_ids: Sequence[str]) -> None:
        """Mark contributions of an earlier import that a later export gives back."""
        Contribution.objects.filter(
            collective=self.home.collective, public_id__in=public_ids
        ).update(status=Contribution.Status.REFUNDED, received_minor=0)

    def _contribution(self, movement: Movement, *, given_back: bool) -> Contribution:
        row, status = movement.row, Contribution.Status
        contributor = self.faces.party(row)
        return Contribution(
            public_id=ids.readable(ID_LENGTH),
            secret=ids.readable(ID_LENGTH),
            collective=self.home.collective,
            contributor=contributor,
            given_by=contributor,
            interval=row.interval,
            amount_minor=row.amount,
            received_minor=0 if given_back else row.amount,
            currency=self.home.collective.currency,
            host_fee_ppm=min(max(0, -row.host_fee * PPM // row.amount), PPM),
            rail=RAIL,
            incognito=movement.incognito,
            status=status.REFUNDED if given_back else status.SETTLED,
            created_at=row.at,
            settled_at=row.at,
        )

    def _store_expenses(self, movements: Sequence[Movement]) -> dict[int, Expense]:
        collective = self.home.collective
        last = Expense.objects.filter(collective=collective).aggregate(last=Max("number"))["last"]
        numbers = count((last or 0) + 1)
        expenses = {m.row.line: self._expense(m, next(numbers)) for m in movements}
        Expense.objects.bulk_create(expenses.values(), batch_size=_AT_ONCE)
        ExpenseItem.objects.bulk_create(
            (self._item(m, expenses[m.row.line]) for m in movements), batch_size=_AT_ONCE
        )
        return expenses

    def _expense(self, movement: Movement, number: int) -> Expense:
        row = movement.row
        payee = self.faces.party(row)
        worked = movement.category in {"fees-services", "salaries"}
        return Expense(
            collective=self.home.collective,
            number=number,
            kind=Expense.Kind.INVOICE if worked else Expense.Kind.REIMBURSEMENT,
            status=Expense.Status.PAID,
            title=row.description,
            author=payee,
            payee=payee,
            amount_minor=-row.amount,
            currency=self.home.collective.currency,
            created_at=row.at,
            submitted_at=row.at,
            paid_on=row.at.date(),
        )

    def _item(self, movement: Movement, expense: Expense) -> ExpenseItem:
        return ExpenseItem(
            expense=expense,
            description=expense.title,
            spent_on=movement.row.at.date(),
            category=self.categories[movement.category],
            amount_minor=expense.amount_minor,
            currency=expense.currency,
        )

    def _store_support(self, movements: Sequence[Movement]) -> None:
        """Add what each backer gave, less what went back, to what is known of them."""
        lines: dict[tuple[int, bool], Support] = {
            (line.contributor_id, line.incognito): line
            for line in Support.objects.select_for_update().filter(collective=self.home.collective)
        }
        for movement in movements:
            if movement.what in {What.CONTRIBUTION, What.REFUND}:
                contributor = self.faces.party(movement.row)
                key = (contributor.pk, movement.incognito)
                line = lines.setdefault(key, self._support(movement.row, *key))
                _add(line, movement)
        Support.objects.bulk_create(
            lines.values(),
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=["collective", "contributor", "incognito"],
            update_fields=["total_minor", "times", "first_at", "last_at"],
        )

    def _support(self, row: Row, contributor: int, incognito: bool) -> Support:  # noqa: FBT001
        return Support(
            collective=self.home.collective,
            contributor_id=contributor,
            incognito=incognito,
            currency=self.home.collective.currency,
            first_at=row.at,
            last_at=row.at,
        )


def _add(line: Support, movement: Movement) -> None:
    line.total_minor = max(0, line.total_minor + movement.row.amount)
    if movement.what is What.CONTRIBUTION:
        line.times += 1
        line.first_at = min(line.first_at, movement.row.at)
        line.last_at = max(line.last_at, movement.row.at)
    elif movement.of:
        line.times = max(0, line.times - 1)
