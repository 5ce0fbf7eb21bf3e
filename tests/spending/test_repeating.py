"""Expenses that are filed again: a draft on its day, once, and nothing handed in by a machine."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.hosting import actions as hosting
from commonweal.mail import reader
from commonweal.people.models import Party
from commonweal.spending import actions, tasks
from commonweal.spending.models import Expense, Repeat, Repeated
from commonweal.spending.rules.repeating import day_of, next_day
from spending.conftest import filed, item

LATER = timedelta(days=400)


@pytest.mark.parametrize(
    ("first", "every", "days"),
    [
        (date(2026, 1, 31), "month", ["2026-02-28", "2026-03-31", "2026-04-30"]),
        (date(2026, 11, 30), "quarter", ["2027-02-28", "2027-05-30", "2027-08-30"]),
        (date(2024, 2, 29), "year", ["2025-02-28", "2026-02-28", "2027-02-28"]),
    ],
)
def test_it_comes_on_the_same_day_or_the_last_of_the_month(
    first: date, every: str, days: list[str]
) -> None:
    assert [day_of(first, every, times).isoformat() for times in (1, 2, 3)] == days


@pytest.mark.parametrize("every", ["month", "quarter", "year"])
def test_the_next_day_is_to_come_and_no_earlier_one_is(every: str) -> None:
    for start in range(0, 366, 5):
        first = date(2024, 1, 1) + timedelta(days=start)
        days = [day_of(first, every, times) for times in range(1, 40)]
        for after in (first + timedelta(days=ago) for ago in range(0, 800, 37)):
            assert next_day(first, every, after) == min(day for day in days if day > after)


@pytest.fixture
def rent(gardens: Collective, alice: Party) -> Repeat:
    """Return Alice's rent, which is filed again each month."""
    expense = filed(gardens, alice, item(300_00, what="Rent"), title="Rent")
    expense = actions.submit(expense=expense, by=alice)
    return actions.repeat(expense=expense, every="month", by=alice)


def moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.now().tzinfo) + timedelta(hours=6)


def test_the_draft_makes_itself_on_its_day_and_its_author_gets_a_letter(
    rent: Repeat, alice: Party
) -> None:
    with clock.moved_to(moment(rent.next_on - timedelta(days=1))):
        assert tasks.file_again() == 0
    with clock.moved_to(moment(rent.next_on)):
        assert tasks.file_again() == 1
        assert tasks.file_again() == 0

    draft = Expense.objects.get(repeated__repeat=rent)
    assert (draft.status, draft.title, draft.author) == ("draft", "Rent", alice)
    assert draft.payout_method == rent.expense.payout_method
    (line,) = draft.items.all()
    assert (line.spent_on, line.amount_minor) == (rent.next_on, 300_00)
    assert draft.receipts.count() == 0
    mail.outbox.clear()
    while reader.read():
        pass
    (letter,) = [one for one in mail.outbox if one.subject == "A draft for you: Rent"]
    assert letter.to == ["alice@example.org"]
    assert f"/gardens/expenses/{draft.number}/edit" in letter.body


def test_a_server_that_slept_makes_one_draft_and_goes_on(rent: Repeat) -> None:
    with clock.moved_to(moment(rent.next_on + LATER)):
        assert tasks.file_again() == 1
        today = clock.today()

    rent.refresh_from_db()
    assert rent.next_on > today
    assert Repeated.objects.count() == 1


def test_the_database_lets_each_day_be_made_once(rent: Repeat) -> None:
    with clock.moved_to(moment(rent.next_on)):
        tasks.file_again()

    made = Repeated.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Repeated.objects.create(repeat=rent, due_on=made.due_on, expense=rent.expense)


def test_it_is_stopped_by_its_author_and_can_be_started_again(
    rent: Repeat, alice: Party, bob: Party
) -> None:
    with pytest.raises(actions.RepeatsAlready):
        actions.repeat(expense=rent.expense, every="year", by=alice)
    with pytest.raises(NotAllowed):
        actions.stop_repeating(repeat=rent, by=bob)

    actions.stop_repeating(repeat=rent, by=alice)
    with clock.moved_to(moment(rent.next_on)):
        assert tasks.file_again() == 0
        assert actions.file_again(repeat=rent, today=clock.today(), by=None) is None
    assert actions.repeat(expense=rent.expense, every="year", by=alice).ended_at is None


def test_it_ends_with_its_group(rent: Repeat, gardens: Collective, bob: Party, hana: Party) -> None:
    actions.withdraw(expense=rent.expense, by=rent.expense.author)
    hosting.leave(hosting=gardens.hostings.get(), by=hana)
    collectives.close(collective=Collective.objects.get(pk=gardens.pk), by=bob)

    with clock.moved_to(moment(rent.next_on)):
        assert tasks.file_again() == 0

    rent.refresh_from_db()
    assert rent.ended_at is not None
    assert Expense.objects.count() == 1
