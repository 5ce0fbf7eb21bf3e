"""A town that is built once, and stands again as it was for each who tries something in it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
import pytest_django
from django.db import transaction

from policies import town
from policies.state import check_books, state
from policies.town import Town


@pytest.fixture(scope="module")
def built(
    _migrated: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[tuple[bytes, str]]:
    """Build the town once, in a transaction that is never committed; keep it, and its state."""
    with django_db_blocker.unblock(), transaction.atomic():
        here = town.built()
        check_books()
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
