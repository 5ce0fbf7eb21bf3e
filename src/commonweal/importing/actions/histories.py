"""Bringing the whole history of a collective along, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.foundation import clock, ids
from commonweal.foundation.money import Money
from commonweal.importing.actions.faces import Faces
from commonweal.importing.actions.homes import Home, Newcomer
from commonweal.importing.actions.records import Records
from commonweal.importing.models import History
from commonweal.importing.rules.export import Export, read
from commonweal.importing.rules.movements import At, Movement, What, movements, named_in
from commonweal.importing.rules.problems import Problem, WrongFile
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Account, Category, Kind, Transaction
from commonweal.ledger.rules import Draft, Posting, Private
from commonweal.people.models import Party

_AT_ONCE = 500
_KINDS = {
    What.CONTRIBUTION: Kind.CONTRIBUTION,
    What.EXPENSE: Kind.EXPENSE,
    What.REFUND: Kind.REFUND,
    What.RETURN: Kind.EXPENSE,  # less was spent; nothing was raised
    What.TRANSFER: Kind.TRANSFER,
}
_FEES = {
    At.HOST_FEES: Kind.HOST_FEE,
    At.PLATFORM_FEES: Kind.PLATFORM_FEE,
    At.PROCESSOR_FEES: Kind.PROCESSOR_FEE,
}


@dataclass(frozen=True)
class Report:
    """What an import did. `new` counts the rows that were not here before, by what they are."""

    collective: str
    made: bool
    rows: int
    new: Mapping[What, int]
    people: int
    balance: Money


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


@transaction.atomic
def import_open_collective_csv(
    *,
    file: bytes,
    collective: str,
    host: str = "",
    by: Party | None,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = _silent,
) -> Report:
    """Bring the history in an Open Collective export into a collective, whole or not at all.

    Rows that are here already stay as they are, so that a longer export adds its new rows alone.
    A dry run does everything and then takes it back.
    """
    export = read(file, today=clock.today())
    newcomer = Newcomer(collective, named_in(export.rows), export.currency, since=export.rows[0].at)
    home = Home.of(newcomer, host=host, by=by)
    found = movements(export.rows)
    new = found[_known(home, found) :]
    faces = Faces(home.collective, [movement.row for movement in new])
    if new:
        _bring(home, found, new, faces, progress)
        _note(home, export, new, by)
    if dry_run:
        transaction.set_rollback(True)
    counts = Counter(movement.what for movement in new)
    balance = Money(export.rows[-1].balance, export.currency)
    return Report(collective, home.made, len(found), counts, faces.made, balance)


def _known(home: Home, found: Sequence[Movement]) -> int:
    """Return how many of the oldest rows are here already; refuse another history."""
    history = History.objects.select_for_update().filter(collective=home.collective).first()
    if history is None:
        return 0
    known = min(history.rows, len(found))
    keys = [_key(home, movement) for movement in found[:known] if movement.legs]
    here = _here(keys)
    for movement in found[:known]:
        if movement.legs and _key(home, movement) not in here:
            sentence = "This row was not in the history that was imported before, but is as old."
            raise WrongFile([Problem(movement.row.line, sentence)])
    return known


def _bring(
    home: Home,
    found: Sequence[Movement],
    new: Sequence[Movement],
    faces: Faces,
    progress: Callable[[int, int], None],
) -> None:
    categories = {category.slug: category for category in Category.objects.all()}
    records = Records(home, faces, categories)
    refs = {**_earlier_refs(home, found, new, records), **records.store(new)}
    drafts = [_draft(home, movement, faces, categories, refs) for movement in new if movement.legs]
    funds = home.accounts[At.FUNDS]
    # A history is told as it was, even where it owed money for a while.
    ledger.let_fall_below(account=funds, floor=None)
    done = 0
    progress(done, len(drafts))
    for some in batched(drafts, _AT_ONCE, strict=False):
        ledger.post_batch(some)
        done += len(some)
        progress(done, len(drafts))
    ledger.let_fall_below(account=funds, floor=min(0, _balance(funds)))


def _earlier_refs(
    home: Home, found: Sequence[Movement], new: Sequence[Movement], records: Records
) -> dict[int, Mapping[str, str]]:
    """Return the references of rows imported before that a new row gives back, by line."""
    before = {movement.row.line: movement for movement in found[: len(found) - len(new)]}
    given_back = {
        _key(home, before[movement.of.line]): (movement.of.line, movement.what)
        for movement in new
        if movement.of and movement.of.line in before
    }
    refs = dict(Transaction.objects.filter(key__in=given_back).values_list("key", "refs"))
    records.take_back(
        [refs[key]["contribution"] for key in refs if given_back[key][1] is What.REFUND]
    )
    return {given_back[key][0]: refs[key] for key in refs}


def _draft(
    home: Home,
    movement: Movement,
    faces: Faces,
    categories: Mapping[str, Category],
    refs: Mapping[int, Mapping[str, str]],
) -> Draft:
    row, kind = movement.row, _kind(movement)
    private = [Private("description", row.description)] if row.description else []
    if not movement.incognito:
        private.append(Private("counterparty", row.name, faces.party(row).pk))
    return Draft(
        key=_key(home, movement),
        kind=kind,
        postings=tuple(
            Posting(home.accounts[at], minor, _FEES.get(at, kind)) for at, minor in movement.legs
        ),
        effective_on=row.at.date(),
        host=home.host.pk,
        category=categories[movement.category].pk,
        refs=refs.get((movement.of or row).line, {}),
        private=tuple(private),
    )


def _kind(movement: Movement) -> Kind:
    """Return the kind of a transaction; where there are fees alone, that of the first fee."""
    if movement.what is What.FEE:
        return next(_FEES[at] for at, _ in movement.legs if at in _FEES)
    return _KINDS[movement.what]


def _key(home: Home, movement: Movement) -> UUID:
    return ids.key("open-collective", home.collective.pk, *movement.identity)


def _here(keys: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for some in batched(keys, 10_000, strict=False):
        found |= set(Transaction.objects.filter(key__in=some).values_list("key", flat=True))
    return found


def _balance(account: int) -> int:
    return Account.objects.values_list("balance", flat=True).get(pk=account)


def _note(home: Home, export: Export, new: Sequence[Movement], by: Party | None) -> None:
    """Remember how far the history goes now, and who brought it."""
    History.objects.update_or_create(
        collective=home.collective, defaults={"rows": len(export.rows), "imported_at": clock.now()}
    )
    activity.record(
        "history.imported",
        subject=f"party:{home.collective.pk}",
        party=home.collective.pk,
        by=by.pk if by else None,
        rows=len(new),
        source="open-collective-csv",
    )
