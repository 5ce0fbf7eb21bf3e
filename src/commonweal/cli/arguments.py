"""All commands with their options, on one screen."""

from __future__ import annotations

import argparse
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """Return the parser of the `commonweal` command."""
    top = argparse.ArgumentParser(
        prog="commonweal",
        description="Raise money together, spend it in the open.",
        epilog="Settings come from the environment; `commonweal doctor` says what is missing.",
    )
    top.add_argument("--data", type=Path, help="the data folder (default: COMMONWEAL_DATA or data)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_servers(commands)
    _add_contents(commands)
    _add_care(commands)
    return top


def _add_servers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = commands.add_parser("run", help="start everything: database, web and worker")
    run.add_argument(
        "--empty", action="store_true", help="an instance of your own instead of the demo city"
    )
    run.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="its data folder")
    run.add_argument("--port", type=int, help="the port (default: 8000, or a free one near it)")
    run.add_argument("--bind", default="127.0.0.1", help="the network address to listen on")

    serve = commands.add_parser("serve", help="answer the web")
    serve.add_argument("--bind", default="127.0.0.1:8000", help="address and port to listen on")
    worker = commands.add_parser("worker", help="do what happens in the background")
    _let_run_start(serve, worker)


def _add_contents(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    migrate = commands.add_parser("migrate", help="bring the database and static files up to date")
    demo = commands.add_parser("demo", help="load the demo city, unless it is loaded")
    _let_run_start(migrate, demo)
    bring = commands.add_parser("import", help="bring a history, or rates, along from elsewhere")
    formats = bring.add_subparsers(dest="format", required=True, metavar="FORMAT")
    exported = formats.add_parser(
        "open-collective-csv", help="a transaction export of Open Collective"
    )
    exported.add_argument("file", type=Path)
    exported.add_argument("--collective", required=True, metavar="SLUG", help="where it goes")
    exported.add_argument("--host", metavar="SLUG", help="the host that held the money")
    exported.add_argument("--dry-run", action="store_true", help="read and check, store nothing")
    rates = formats.add_parser(
        "rates", help="what a euro was worth: eurofxref-hist.csv of the European Central Bank"
    )
    rates.add_argument("file", type=Path)
    statement = formats.add_parser("statement", help="a statement of a host's bank")
    statement.add_argument("file", type=Path)
    statement.add_argument("--host", required=True, metavar="SLUG", help="whose account it is")
    statement.add_argument(
        "--ours", action="store_true", help="the account is the host's, also where it is new here"
    )


def _add_care(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("check-books", help="check every rule of the ledger and of its log")
    commands.add_parser("trace", help="follow every euro again from the first line")
    log = commands.add_parser("log", help="the public log: its key, and how far it is signed")
    log.add_argument("--rotate-key", action="store_true", help="hand the log over to a new key")
    log.add_argument("--watch", metavar="KEY", help="be a witness for the log with this key")
    log.add_argument(
        "--witness", nargs=2, metavar=("KEY", "ADDRESS"), help="ask this witness to cosign ours"
    )
    backup = commands.add_parser("backup", help="write database and files into one file")
    backup.add_argument("file", type=Path)
    restore = commands.add_parser("restore", help="bring a backup back")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="throw away what is here now")
    commands.add_parser("rotate-keys", help="encrypt everything anew with the first field key")
    link = commands.add_parser("sign-in-link", help="print a link that signs somebody in once")
    link.add_argument("email", metavar="EMAIL")
    doctor = commands.add_parser("doctor", help="say what is set up and what is missing")
    doctor.add_argument("--new-key", action="store_true", help="print a new random key")


def _let_run_start(*started: argparse.ArgumentParser) -> None:
    """Let commands end together with the `commonweal run` that starts them."""
    for one in started:
        one.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
