"""`commonweal migrate`: bring the database and the static files up to date."""

from __future__ import annotations

import argparse

from django.core.management import call_command

from commonweal.cli import static


def run(_: argparse.Namespace) -> int:
    """Migrate, and collect the static files that changed."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    static.collect()
    return 0
