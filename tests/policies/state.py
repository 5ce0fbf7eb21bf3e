"""What the database holds: whether anything changed, and whether its books are right."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from commonweal.ledger.actions import advance
from commonweal.ledger.queries import discrepancies

# Cities and themes come with the migrations, and no action touches them.
SHIPPED = {"places_place", "collectives_theme"}
TABLES = [
    model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.startswith("commonweal.") and model._meta.db_table not in SHIPPED
]
STATE = " UNION ALL ".join(
    f"SELECT '{table}', sum(hashtextextended(one::text, 0)) FROM {table} one" for table in TABLES
)


def state() -> str:
    """Return a fingerprint of every row that an action could write."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return str(sorted(cursor.fetchall()))


def check_books() -> None:
    """Run the sequencer dry, then ask every constraint and every invariant."""
    connection.check_constraints()
    while advance():
        pass
    assert not discrepancies()
