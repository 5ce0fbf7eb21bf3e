"""Add up a place's figures.csv and compare with its figures.json: figures.py CSV JSON.

Needs nothing but Python. Ends with 0 where both say the same and with 1 where they do not.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

GIVEN = {"contribution", "opening"}
TWO_WAYS = {"transfer", "correction", "conversion", "cover"}


def recomputed(path: Path) -> tuple[dict[str, dict[str, str]], set[int]]:
    """Return raised and spent by currency, and the positions of the ledger that rows speak of."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: {"raised": 0, "spent": 0})
    positions = set()
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            came, went = int(row["incoming_minor"]), int(row["outgoing_minor"])
            total, kind = sums[row["currency"]], row["kind"]
            total["raised"] += came if kind in GIVEN | TWO_WAYS else 0
            total["raised"] -= went if kind in GIVEN | {"refund"} else 0
            total["spent"] += went if kind not in GIVEN | {"refund"} else 0
            total["spent"] -= came if kind not in GIVEN | TWO_WAYS else 0
            positions.add(int(row["position"]))
    told = {code: {name: str(sum_) for name, sum_ in one.items()} for code, one in sums.items()}
    return told, positions


def _moved(totals: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Leave out currencies in which nothing entered or left."""
    return {code: one for code, one in totals.items() if set(one.values()) != {"0"}}


def main(table: str, claims: str) -> int:
    """Compare, say what was found, and return how to end."""
    found, positions = recomputed(Path(table))
    claimed = json.loads(Path(claims).read_text(encoding="utf-8"))
    right = _moved(found) == _moved(claimed["totals"]) and positions <= {claimed["position"]}
    word = "The same" if right else "NOT the same"
    sys.stdout.write(f"{word}: {json.dumps(found)} / {json.dumps(claimed['totals'])}\n")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
