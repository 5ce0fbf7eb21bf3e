"""`commonweal sign-in-link`: print a link that signs somebody in once, when no mail can."""

from __future__ import annotations

import argparse
import sys

from commonweal.config import environment
from commonweal.people import queries


def run(options: argparse.Namespace) -> int:
    """Print the link, or say that nobody has this address."""
    login = queries.login_by_email(options.email)
    if login is None or not login.is_active:
        print(f"Nobody signs in with {options.email}.", file=sys.stderr)
        return 1
    print(f"{_address()}/sign-in/link/{queries.sign_in_token(login)}")
    print("It works once, within ten minutes.")
    return 0


def _address() -> str:
    """Return where this server is right now, else where people usually find it."""
    known = environment.read()
    running = known.data / "running"
    return running.read_text().strip() if running.exists() else known.address
