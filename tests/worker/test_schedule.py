from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django import app

from commonweal.worker import schedule


@pytest.fixture(scope="module", autouse=True)
def loaded():
    app.perform_import_paths()


def test_every_task_that_is_scheduled_can_be_found_by_the_worker():
    scheduled = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    assert scheduled
    assert scheduled <= set(app.tasks)


def test_every_task_lives_where_its_name_says():
    ours = [task for task in app.tasks.values() if task.name.startswith("commonweal.")]

    assert ours
    for task in ours:
        module, _, name = task.name.rpartition(".")
        assert (task.func.__module__, task.func.__name__) == (module, name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "job",
    [
        schedule.ask_for_what_is_due,
        schedule.carry_on_with_unfinished_money,
        schedule.check_the_books,
        schedule.clear_expired_sessions,
        schedule.end_old_mandates,
        schedule.forget_old_letters,
        schedule.tell_the_week,
        schedule.read_what_banks_say,
        schedule.throw_away_waiting_receipts,
    ],
    ids=lambda job: job.name.rpartition(".")[2],
)
def test_a_job_of_the_schedule_can_run_when_there_is_nothing_to_do(job):
    job(timestamp=int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()))
