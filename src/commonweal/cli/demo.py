"""`commonweal demo`: load the demo city, unless it is loaded."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from commonweal.activity import actions as activity
from commonweal.activity.models import Fact
from commonweal.cli.progress import Bar
from commonweal.demo import actions as demo
from commonweal.foundation.errors import Refused
from commonweal.mail import digest
from commonweal.people.models import Party

BUILT = "demo.built"


class NoDemo(Refused):
    """This is no demo: set COMMONWEAL_DEMO=1 on an instance that holds nothing of value."""


def run(_: argparse.Namespace) -> int:
    """Load the city with a progress bar; a city that a kill left half loaded is begun anew."""
    if not settings.DEMO:
        raise NoDemo
    if Fact.objects.filter(kind=BUILT).exists():
        return 0
    if Party.objects.exists():
        print("Half a city was left behind: beginning anew.")
        _begin_anew()
    print("Building the demo city. This happens once.")
    demo.build(progress=Bar())
    digest.tell_the_week()
    activity.record(BUILT, subject="instance", by=None, public=False)
    return 0


def _begin_anew() -> None:
    """Drop everything; the ledger's tables refuse to be emptied in any gentler way."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
