"""Every recurring job, on one screen. Times are UTC; each passes its work on to one call."""

from __future__ import annotations

import logging

from django.core.management import call_command
from procrastinate.contrib.django import app

from commonweal.banking import actions as banking
from commonweal.giving import tasks as giving
from commonweal.knowledge import actions as knowledge
from commonweal.ledger import queries as ledger
from commonweal.mail import digest, post
from commonweal.papers import actions as papers
from commonweal.papers import tasks as paper_tasks
from commonweal.payments import actions as payment_actions
from commonweal.payments import tasks as payments
from commonweal.spending import tasks as spending
from commonweal.worker import audit, statements

logger = logging.getLogger(__name__)

EVERY_MINUTE = "* * * * *"
HOURLY = "17 * * * *"
# Again and again, so that a server that slept on Monday morning tells it on Monday evening.
MONDAYS = "23 5-20 * * 1"
NIGHTLY = "40 2 * * *"
OLD_JOBS_H = 24 * 14


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="retry_what_a_kill_left")
async def retry_what_a_kill_left(timestamp: int) -> None:
    """Queue again the jobs of a worker that is gone."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="carry_on_with_unfinished_money")
def carry_on_with_unfinished_money(timestamp: int) -> None:
    """Take up every charge that stopped half way, so that no money stays in clearing."""
    payments.resume()
    giving.resume()


@app.periodic(cron=HOURLY)
@app.task(queueing_lock="ask_for_what_is_due", lock="ask_for_what_is_due")
def ask_for_what_is_due(timestamp: int) -> None:
    """Ask for the gifts of today that come each month or year, and for those a card declined."""
    giving.bill_due()


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="read_what_banks_say")
def read_what_banks_say(timestamp: int) -> None:
    """Take in statements that were dropped into the watched folder, and place new lines."""
    statements.read()


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="give_out_papers", lock="give_out_papers")
def give_out_papers(timestamp: int) -> None:
    """Go on with the donation receipts of a year until all who are due have theirs."""
    paper_tasks.carry_on()


@app.periodic(cron=HOURLY)
@app.task(queueing_lock="check_the_books")
def check_the_books(timestamp: int) -> None:
    """Try every rule of the ledger, and say loudly what does not hold."""
    for discrepancy in ledger.discrepancies():
        logger.error("invariant %s: %s", discrepancy.invariant, discrepancy.sentence)


@app.periodic(cron=HOURLY)
@app.task(queueing_lock="file_expenses_again")
def file_expenses_again(timestamp: int) -> None:
    """Make the drafts of expenses that come again; each day's once, and nobody's is handed in."""
    spending.file_again()


@app.periodic(cron=MONDAYS)
@app.task(queueing_lock="tell_the_week", lock="tell_the_week")
def tell_the_week(timestamp: int) -> None:
    """Write one letter about the week to everybody who asked for that, each once."""
    digest.tell_the_week()


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="audit_everything")
def audit_everything(timestamp: int) -> None:
    """Try every rule of the books and of the log, and sound an alarm where one does not hold."""
    for sentence in audit.watch():
        logger.error("%s", sentence)


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="clear_expired_sessions")
def clear_expired_sessions(timestamp: int) -> None:
    """Delete the sessions of people who have not been here for long."""
    call_command("clearsessions")


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="throw_away_waiting_receipts")
def throw_away_waiting_receipts(timestamp: int) -> None:
    """Delete receipts that were sent for an expense which was then never handed in."""
    spending.throw_away_waiting()


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="throw_away_lost_statements")
def throw_away_lost_statements(timestamp: int) -> None:
    """Delete files of statements that a kill left before they were in the books."""
    banking.sweep(by=None)


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="forget_old_letters")
def forget_old_letters(timestamp: int) -> None:
    """Delete letters that left, or were given up, a month ago; the demo's mailbox is apart."""
    post.forget_old()
    digest.forget_old()


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="forget_old_jobs")
async def forget_old_jobs(timestamp: int) -> None:
    """Delete jobs that failed long ago."""
    await app.job_manager.delete_old_jobs(
        nb_hours=OLD_JOBS_H, include_failed=True, include_cancelled=True
    )


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="end_old_mandates")
def end_old_mandates(timestamp: int) -> None:
    """End the mandates that nobody collected by for three years, and tell who signed them."""
    payment_actions.expire_mandates(by=None)


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="forget_unproved_help")
def forget_unproved_help(timestamp: int) -> None:
    """Delete offers and thanks to addresses that nobody proved while their links worked."""
    knowledge.forget_unproved(by=None)


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="forget_old_papers")
def forget_old_papers(timestamp: int) -> None:
    """Empty papers of givers that no law asks to keep any more."""
    papers.forget_old(by=None)
