"""`commonweal-verify`: exit code 0 where all is right, 1 where something is wrong, 2 in the way."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commonweal_verify import report
from commonweal_verify.audit import Audit, Wishes
from commonweal_verify.memory import Memory
from commonweal_verify.notes import PublicKey
from commonweal_verify.problems import CannotCheck, Wrong
from commonweal_verify.receipts import check
from commonweal_verify.sources import opened

RIGHT, WRONG, IN_THE_WAY = 0, 1, 2
_BAR = 30


def main(words: list[str] | None = None) -> int:
    """Verify what the command line names."""
    asked = _parser().parse_args(words)
    try:
        if asked.receipt:
            return _receipt(asked)
        return _log(asked)
    except Wrong as wrong:
        print(report.printable(f"{report.BAD} {wrong}"))
        return WRONG
    except (CannotCheck, OSError) as error:
        print(report.printable(f"This could not be checked. {error}"), file=sys.stderr)
        return IN_THE_WAY
    except KeyboardInterrupt:
        print("\nStopped. What was read is kept; the next run goes on from there.", file=sys.stderr)
        return IN_THE_WAY


def _log(asked: argparse.Namespace) -> int:
    if not asked.where:
        raise CannotCheck("Say which server or folder, such as https://example.org.")
    source = opened(asked.where)
    memory = Memory(None) if asked.forget else Memory.of(source.name, asked.memory)
    wishes = Wishes(
        trusted=asked.key, witnesses=[PublicKey.parse(text) for text in asked.witness],
        quick=asked.quick, collective=asked.collective,
    )  # fmt: skip
    quiet = asked.json or not sys.stderr.isatty()
    result = Audit(source, memory, wishes, progress=_silence if quiet else _bar).run()
    print(report.machine(result) if asked.json else report.printable(report.words(result)))
    return WRONG if result.wrong else RIGHT


def _receipt(asked: argparse.Namespace) -> int:
    receipt = check(asked.receipt.read_bytes(), asked.key)
    print(report.printable(report.receipt_words(receipt)))
    return RIGHT


def _bar(done: int, size: int) -> None:
    share = done / size if size else 1
    filled = "█" * round(share * _BAR)
    end = "\r" if done < size else "\n"
    print(f"  {filled:<{_BAR}} {done:,} of {size:,}", end=end, file=sys.stderr, flush=True)


def _silence(_done: int, _size: int) -> None:
    pass


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="commonweal-verify",
        description="Check the public ledger of a Commonweal server, without trusting the server.",
    )
    add = parser.add_argument
    add("where", nargs="?", default="", help="address of the server, or a folder with its log")
    add("--collective", metavar="SLUG", default="", help="show one group's whole statement, proved")
    add("--receipt", metavar="FILE", type=Path, help="check one receipt, without a network")
    add("--key", metavar="KEY", default="", help="the public key that you know the log by")
    add("--witness", metavar="KEY", action="append", default=[], help="demand its cosignature")
    add("--quick", action="store_true", help="of what pages show, check only what is new")
    add("--json", action="store_true", help="report for machines")
    add("--memory", metavar="FOLDER", type=Path, help="where to remember what was seen")
    add("--forget", action="store_true", help="remember nothing, and begin anew")
    return parser
