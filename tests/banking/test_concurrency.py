"""Many at once: the same file twice, two accountants, two tabs. Each counts once."""

from __future__ import annotations

import io

from banking.conftest import EUR
from commonweal.banking import actions
from commonweal.banking.models import BankFile, BankLine, Match
from commonweal.giving.models import Support
from commonweal.ledger.models import Kind, Transaction
from crash import bank, city
from giving.test_concurrency import all_at_once


def test_the_same_file_many_times_at_once_is_read_once(committed: str) -> None:
    city.found()
    content = bank.statement("together")

    def read(_: int) -> None:
        actions.take(host=city.commons(), name="x", content=io.BytesIO(content), by=None)
        actions.place_new(host=city.commons(), by=None)

    all_at_once(read)

    assert (BankFile.objects.count(), BankLine.objects.count()) == (1, 4)
    assert Match.objects.filter(kind="gift").count() == 2
    assert Support.objects.get().times == 2
    assert Transaction.objects.filter(kind=Kind.CONTRIBUTION).count() == 2


def test_a_line_placed_by_many_at_once_is_placed_once(committed: str) -> None:
    city.found()
    bank.read_statement("together")
    line, hana = BankLine.objects.get(state="asked"), city.somebody("hana")
    share = actions.Share("new_gift", EUR("20").minor, collective=city.gardens())

    outcomes = all_at_once(lambda _: actions.place(line=line, shares=[share], by=hana))

    assert sum(isinstance(one, actions.PlacedAlready) for one in outcomes) == len(outcomes) - 1
    assert line.matches.count() == 1
    all_at_once(lambda _: actions.undo(line=line, by=hana))
    assert line.matches.filter(undone_at=None).count() == 0
