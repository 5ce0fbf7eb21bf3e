"""Which fact of the journal makes which letter, for whom: one table for each domain."""

from commonweal.mail.letters import (
    asking,
    collectives,
    debits,
    giving,
    hosting,
    knowledge,
    papers,
    people,
    spending,
)
from commonweal.mail.letters.table import Entry

LETTERS: dict[str, Entry] = {
    **people.LETTERS,
    **collectives.LETTERS,
    **giving.LETTERS,
    **debits.LETTERS,
    **hosting.LETTERS,
    **spending.LETTERS,
    **knowledge.LETTERS,
    **asking.LETTERS,
    **papers.LETTERS,
}
