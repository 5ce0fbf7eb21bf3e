"""The sequencer: gives committed transactions their order, and adds them up, exactly once."""

from django.db import connection, transaction


@transaction.atomic
def advance(*, most: int = 1000) -> int:
    """Put up to `most` committed transactions in order, and add them to tallies and summaries.

    Returns how many; 0 means that everything visible is in order. Two at once wait for each
    other, so that no transaction is placed or counted twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_advance(%s)", [most])
        return int(cursor.fetchone()[0])
