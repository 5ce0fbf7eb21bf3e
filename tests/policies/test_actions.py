"""Every action, tried by everybody: done by those who may, refused to all others."""

from __future__ import annotations

import importlib.util
import inspect
import pickle
import pkgutil
from collections.abc import Callable, Iterator

import pytest
import pytest_django
from django.apps import apps
from django.db import connection, transaction

import commonweal
from commonweal.foundation.errors import Refused
from commonweal.ledger import queries as ledger
from commonweal.ledger.actions import advance
from policies import town
from policies.table import CALLED_BY_OTHER_ACTIONS, TABLE
from policies.town import EVERYBODY, Town

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


@pytest.fixture(scope="module")
def built(
    _migrated: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[tuple[bytes, str]]:
    """Build the town once, in a transaction that is never committed; keep it, and its state."""
    with django_db_blocker.unblock(), transaction.atomic():
        here = town.built()
        _check_books()
        yield pickle.dumps(here), state()
        transaction.set_rollback(True)


@pytest.fixture
def moment(
    built: tuple[bytes, str], django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[tuple[Town, str]]:
    """Give the town as it was built, and take back afterwards whatever is done in it."""
    here, before = built
    with django_db_blocker.unblock(), transaction.atomic():
        yield pickle.loads(here), before  # noqa: S301 - made above
        transaction.set_rollback(True)


def state() -> str:
    """Return a fingerprint of every row that an action could write."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return str(cursor.fetchall())


def _check_books() -> None:
    connection.check_constraints()
    while advance():
        pass
    assert not ledger.discrepancies()


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("what", TABLE)
def test_each_action_is_taken_by_those_who_may_and_by_nobody_else(
    what: str, who: str, moment: tuple[Town, str]
) -> None:
    row, (here, before) = TABLE[what], moment
    given = row.given(here)

    if who in row.may:
        row.action(**given, by=here.cast[who])
        _check_books()
    else:
        with pytest.raises(Refused) as refusal:
            row.action(**given, by=here.cast[who])
        assert isinstance(refusal.value, row.refusal)

    assert (state() != before) == (who in row.may)


def test_every_action_stands_in_the_table_or_is_called_by_another() -> None:
    named = {name_of(row.action) for row in TABLE.values()}

    assert named | set(CALLED_BY_OTHER_ACTIONS) == set(public_actions())
    assert not named & set(CALLED_BY_OTHER_ACTIONS)


def test_everybody_is_somebody_in_the_town(moment: tuple[Town, str]) -> None:
    here, _ = moment

    assert set(here.cast) == set(EVERYBODY)
    assert len({person and person.pk for person in here.cast.values()}) == len(EVERYBODY)


def public_actions() -> Iterator[str]:
    """Give the name of every action that an app offers and that is told who acts."""
    for app in pkgutil.iter_modules(commonweal.__path__):
        if not app.ispkg or importlib.util.find_spec(f"commonweal.{app.name}.actions") is None:
            continue
        module = importlib.import_module(f"commonweal.{app.name}.actions")
        for name, action in inspect.getmembers(module, inspect.isfunction):
            is_own = action.__module__.startswith(module.__name__) and not name.startswith("_")
            if is_own and takes_by(action):
                yield name_of(action)


def name_of(action: Callable[..., object]) -> str:
    return f"{action.__module__.split('.')[1]}.{action.__name__}"


def takes_by(action: Callable[..., object]) -> bool:
    by = inspect.signature(action).parameters.get("by")
    return by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY
