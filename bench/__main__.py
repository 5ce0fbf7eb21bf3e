"""`bin/bench WHAT`: measure one thing and print it as a table, and as JSON in bench/results/."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from commonweal.config import embedded
from commonweal.foundation import clock

RESULTS = Path(__file__).parent / "results"
WHAT = ("bank", "ledger", "log", "pages", "search", "tracing")


def main() -> int:
    """Start a fresh PostgreSQL with fsync on, measure, and throw it away."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("what", choices=WHAT)
    parser.add_argument("--quick", action="store_true", help="small sizes, short rounds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="commonweal-bench-") as folder:
        prepare(Path(folder))
        with embedded.provided(Path(folder)):
            figures = measure(options.what, quick=options.quick)
    report(options.what, figures)
    return 0


def prepare(folder: Path) -> None:
    """Say how the server under measurement is configured."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
        "COMMONWEAL_DATA": str(folder),
        "COMMONWEAL_DEMO": "1",
        "COMMONWEAL_SECRET_KEY": "nothing to hide in a measurement " * 2,
        "COMMONWEAL_FIELD_KEYS": "nothing to hide in a measurement " * 2,
        "COMMONWEAL_HOSTS": "localhost,testserver",
    }


def measure(what: str, *, quick: bool) -> list[dict[str, object]]:
    """Set Django up, migrate, and run the chosen measurement."""
    import django  # noqa: PLC0415 - only once the database runs
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    if what == "bank":
        from bench import bank  # noqa: PLC0415

        return bank.run(quick=quick)
    if what == "ledger":
        from bench import ledger  # noqa: PLC0415 - needs Django set up

        return ledger.run(quick=quick)
    if what == "log":
        from bench import log  # noqa: PLC0415

        return log.run(quick=quick)
    if what == "search":
        from bench import search  # noqa: PLC0415

        return search.run(quick=quick)
    if what == "tracing":
        from bench import tracing  # noqa: PLC0415

        return tracing.run(quick=quick)
    from bench import pages  # noqa: PLC0415

    return pages.run(quick=quick)


def report(what: str, figures: list[dict[str, object]]) -> None:
    """Print a table, and keep the figures."""
    names = list(dict.fromkeys(name for row in figures for name in row))
    rows = [[str(row.get(name, "")) for name in names] for row in figures]
    widths = [max(len(cell) for cell in column) for column in zip(names, *rows, strict=True)]
    for row in [names, ["-" * width for width in widths], *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    RESULTS.mkdir(exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    (RESULTS / f"{what}-{stamp}.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    sys.exit(main())
