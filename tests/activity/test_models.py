"""The fact journal can only grow."""

import pytest
from django.db import IntegrityError, connection, transaction

from commonweal.activity import actions
from commonweal.activity.models import Fact

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE activity_fact SET by_id = 9",
        "UPDATE activity_fact SET note = '', kind = 'other'",
        "UPDATE activity_fact SET note = 'something else'",
        "DELETE FROM activity_fact",
        "TRUNCATE activity_fact",
    ],
)
def test_facts_cannot_be_changed(statement: str) -> None:
    actions.record("expense.declined", subject="expense:1", by=7, note="No receipt")

    with (
        pytest.raises(IntegrityError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_somebody_may_take_their_own_words_back() -> None:
    fact = actions.record("expense.declined", subject="expense:1", by=7, note="No receipt")

    Fact.objects.filter(pk=fact.pk).update(note="")

    assert Fact.objects.get(pk=fact.pk).note == ""
