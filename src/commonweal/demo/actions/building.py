"""Building the whole city, with every processor of this computer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import groupby
from multiprocessing import connection as pipes
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError

from django.db import connection

from commonweal.demo import queries, rules
from commonweal.demo.actions.asking import ask_for_help
from commonweal.demo.actions.bearing import bear
from commonweal.demo.actions.city import City
from commonweal.demo.actions.debits import collect
from commonweal.demo.actions.happenings import introduce, live_through
from commonweal.demo.actions.invoices import send_invoice
from commonweal.demo.actions.lives import let_expenses_live
from commonweal.demo.actions.news import tell
from commonweal.demo.actions.papers import write_papers
from commonweal.demo.actions.pay_runs import pay_together
from commonweal.demo.actions.reaching import reach_out
from commonweal.demo.actions.statements import read_statements
from commonweal.demo.rules import RESIDENTS, SEED, Event
from commonweal.discovery.actions import list_anew
from commonweal.foundation import clock
from commonweal.foundation.connections import close_all
from commonweal.ledger import actions as ledger

Progress = Callable[[int, int, str], None]
Weeks = list[list[Event]]
_FORKS = multiprocessing.get_context("fork")
_LOOK_S = 0.2


class CouldNotBuild(Exception):
    """A part of the demo city was not built; what went wrong stands above."""


def build(*, progress: Progress, until: date | None = None, processes: int | None = None) -> None:
    """Load the city, with three years that end on a day, by default yesterday.

    The same day gives the same city. Groups are shared out among processes, which wait for each
    other every week. A city half loaded is for the caller to clear away.
    """
    until = until or clock.today() - timedelta(days=1)
    names = rules.people(*queries.names(), RESIDENTS, SEED)
    groups = queries.groups()
    plan = rules.plan(groups, names, until, SEED)
    city = City(names=names, groups={group.name: group for group in groups}, until=until)
    _in_haste()
    city.open()
    for event in plan:
        introduce(city, event)
    processes = processes or os.cpu_count() or 1
    if processes == 1:
        _live_alone(city, plan, progress)
    else:
        _live_shared(city, plan, processes, progress)
    tell(city)
    ask_for_help(city)
    with clock.moved_to(_end(city)):
        send_invoice(city)
        pay_together(city)
        write_papers(city)
        bear(city)
        let_expenses_live(city)
    collect(city, _end(city))
    read_statements(city.until)
    while ledger.advance():
        pass
    while list_anew():
        pass
    reach_out(city)
    progress(len(plan), len(plan), "")


def _live_alone(city: City, plan: list[Event], progress: Progress) -> None:
    for done, event in enumerate(plan):
        live_through(city, event)
        progress(done, len(plan), event.group)
    city.catch_up(_end(city))


def _live_shared(city: City, plan: list[Event], processes: int, progress: Progress) -> None:
    parts = _parts(plan, processes)
    meeting, done = _FORKS.Barrier(len(parts)), _FORKS.Value("i", 0)
    close_all()  # each process opens its own
    crew = [
        _FORKS.Process(target=_live_part, args=(city, part, meeting, done), daemon=True)
        for part in parts
    ]
    for process in crew:
        process.start()
    try:
        while alive := [process.sentinel for process in crew if process.is_alive()]:
            lived = min(done.value, len(plan) - 1)
            progress(lived, len(plan), plan[lived].group)
            pipes.wait(alive, _LOOK_S)
    finally:
        for process in crew:
            process.terminate()
            process.join()
    if any(process.exitcode for process in crew):
        raise CouldNotBuild


def _parts(plan: list[Event], processes: int) -> list[Weeks]:
    """Share groups out, the busiest first to whoever has least to do; one list a week each."""
    loads, home = [0] * processes, {}
    for group, events in Counter(event.group for event in plan).most_common():
        home[group] = loads.index(min(loads))
        loads[home[group]] += events
    weeks = [list(week) for _, week in groupby(plan, key=lambda event: event.at.isocalendar()[:2])]
    return [
        [[event for event in week if home[event.group] == part] for week in weeks]
        for part in range(processes)
    ]


def _live_part(city: City, weeks: Weeks, meeting: Barrier, done: Synchronized[int]) -> None:
    """Live through the events of some groups, in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for us ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()
    try:
        _in_haste()
        for week in weeks:
            for event in week:
                if os.getppid() != parent:  # it was killed: nobody wants this city any more
                    sys.exit(1)
                live_through(city, event)
                with done.get_lock():
                    done.value += 1
            meeting.wait()
        city.catch_up(_end(city))
        close_all()
    except BrokenBarrierError:
        sys.exit(1)  # another one failed, and said why
    except BaseException:
        meeting.abort()
        raise


def _in_haste() -> None:
    """Wait for no disk: a city half loaded is begun anew anyway."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def _end(city: City) -> datetime:
    """Return until when what was put off is done; what falls later waits on the desks."""
    return rules.instant(city.until) + timedelta(days=1)
