"""The whole audit: the books, the log, and what an independent verifier finds on our own pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from commonweal.banking import queries as banking
from commonweal.discovery import queries as discovery
from commonweal.foundation import clock
from commonweal.giving import queries as giving
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Position
from commonweal.payments import queries as payments
from commonweal.people import actions as people
from commonweal.transparency import queries
from commonweal.transparency.rules.tiles import Tile
from commonweal_verify.audit import Audit
from commonweal_verify.memory import Memory
from commonweal_verify.problems import Missing

LATE = timedelta(minutes=10)


def findings() -> list[str]:
    """Return a sentence for everything that is not as it should be; none where all is right."""
    return [
        *_books(),
        *discovery.untraced(),
        *giving.misconverted(),
        *_clearing(),
        *_unsigned(),
        *_verified(),
    ]


def watch() -> list[str]:
    """Try everything, and sound or end the alarm that every page shows; return what was found."""
    found = findings()
    people.sound_alarm(found="\n".join(found))
    return found


def _books() -> Iterator[str]:
    for one in [*ledger.discrepancies(), *queries.discrepancies()]:
        yield f"Invariant {one.invariant} does not hold: {one.sentence} {'; '.join(one.examples)}"


def _clearing() -> Iterator[str]:
    for one in [*payments.unexplained(), *banking.unexplained()]:
        yield f"{one.account} holds {one.held}, but {one.explained} is on its way through it."


def _unsigned() -> Iterator[str]:
    newest = queries.checkpoint()
    signed = newest.size if newest else 0
    late = clock.now() - LATE
    if (
        queries.verifier()
        and Position.objects.filter(position=signed, transaction__at__lt=late).exists()
    ):
        yield f"Nothing after transaction {signed} is signed: the worker's log says why."


def _verified() -> Iterator[str]:
    """Invariant 24: an independent program keeps the books again from the leaves alone.

    It remembers what it saw the night before, so a history rewritten since is found.
    """
    if queries.checkpoint() is None:
        return
    result = Audit(OwnLog(), Memory(settings.AUDIT_MEMORY)).run()
    if result.wrong:
        yield f"The verifier found: {result.wrong}"


class OwnLog:
    """The files of our own log, without going through the web server."""

    name = "this server"
    received = 0

    def get(self, path: str) -> bytes:
        """Return a file of the log; raises `Missing`."""
        kind, _, rest = path.partition("/")
        newest = queries.checkpoint()
        if newest is None:
            raise Missing(path)
        try:
            match kind:
                case "checkpoint":
                    return queries.note(newest).encode()
                case "keys":
                    return queries.keys_file().encode()
                case "claims":
                    return queries.claimed(newest, discovery.claims) or b"{}"
                case "shown":
                    return queries.shown(int(rest))
                case _:
                    return queries.tile(Tile.at(rest))
        except queries.Unpublished as error:
            raise Missing(path) from error
