"""Compute what a thing costs from its CSV and compare with its JSON: recompute.py CSV JSON.

With the CSV of the groups as a third file it computes how they are paid for, too. Needs nothing
but Python. Ends with 0 where both say the same and with 1 where they do not.
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median, quantiles

Row = dict[str, str]
APART = {"equipment_minor", "overhead_minor"}
LEAST_ACTIVITIES, LEAST_GROUPS, LEAST_GIFTS, WIDEST, DRAWS = 5, 3, 5, 3, 1000
SIZES = ((1, 30), (31, 100), (101, 300), (301, None))


def amounts(row: Row) -> dict[str, int]:
    """Return what an activity paid by category, in the currency of the figures."""
    minor = {name: int(cell) for name, cell in row.items() if name.endswith("_minor") and cell}
    worth = {name.removesuffix("_minor"): exchanged(row, paid) for name, paid in minor.items()}
    return {name: paid for name, paid in worth.items() if paid}


def exchanged(row: Row, minor: int) -> int:
    """Return what an amount was worth: to the nearest cent, halves away from zero."""
    up, down = int(row["rate_numerator"]), int(row["rate_denominator"])
    worth = (2 * abs(minor) * up + down) // (2 * down)
    return worth if minor > 0 else -worth


def whole(row: Row) -> int:
    """Return what an activity cost."""
    paid = amounts(row)
    return sum(paid.values()) - paid.get("equipment", 0) - paid.get("overhead", 0)


def enough(groups: Iterable[str]) -> bool:
    """Return whether there are so many activities, given the group of each."""
    count = Counter(groups)
    return count.total() >= LEAST_ACTIVITIES and len(count) >= LEAST_GROUPS


def figure(pairs: list[tuple[str, int]]) -> dict[str, object] | None:
    """Return the figure of pairs of a group and what it paid once."""
    groups = defaultdict(list)
    for group, minor in pairs:
        groups[group].append(minor)
    if not enough(group for group, _ in pairs):
        return None
    voices = sorted(int(median(own)) for own in groups.values())
    seed = sha256(",".join(str(one) for one in voices).encode()).digest()
    draw = Random(seed).random  # noqa: S311 - a sample, not a secret
    many = range(len(voices))
    medians = sorted(
        int(median([voices[int(draw() * len(voices))] for _ in many])) for _ in range(DRAWS)
    )
    least, most = medians[DRAWS // 20], medians[-DRAWS // 20 - 1]
    if most > WIDEST * least:
        return {"varies": True}
    lower, middle, upper = quantiles(voices, n=4, method="inclusive")
    told = {"median": middle, "lower": lower, "upper": upper, "least": least, "most": most}
    return {name: int(value) for name, value in told.items()}


def part(rows: list[Row], category: str) -> dict[str, object]:
    """Return how many paid for something, and what they paid."""
    pairs = [(row["group"], amounts(row).get(category, 0)) for row in rows]
    paid = [(group, minor) for group, minor in pairs if minor > 0]
    return {"had": len(paid), "figure": figure(paid)}


def category(rows: list[Row], name: str) -> dict[str, object]:
    """Return who paid for something, and how the others did without."""
    given = [[what for one, what in in_kind(row) if one == name] for row in rows]
    in_kinds, none = sum(map(bool, given)), sum(name in not_needed(row) for row in rows)
    paid = part(rows, name)
    return {
        **paid,
        "in_kind": in_kinds,
        "given": [what for all_of_it in given for what in all_of_it if what],
        "not_needed": none,
        "unknown": len(rows) - sum(amounts(row).get(name, 0) > 0 for row in rows) - in_kinds - none,
    }


def in_kind(row: Row) -> list[tuple[str, str]]:
    """Return what an activity was given: pairs of a category and how much, such as 3 hours."""
    parts = [one.partition("=") for one in row["in_kind"].split(";") if one]
    return [(name, what) for name, _, what in parts]


def not_needed(row: Row) -> list[str]:
    """Return the categories that an activity did without."""
    return [name for name in row["not_needed"].split(";") if name]


def typical(rows: list[Row]) -> str:
    """Return the activity closest to all others, each group weighing the same."""
    size = Counter(row["group"] for row in rows)
    budgets = [{k: v for k, v in amounts(row).items() if f"{k}_minor" not in APART} for row in rows]

    def far(one: dict[str, int]) -> float:
        total = 0.0
        for row, other in zip(rows, budgets, strict=True):
            names = {*one, *other}
            apart = sum(abs(one.get(name, 0) - other.get(name, 0)) for name in names)
            total += apart / size[row["group"]]
        return total

    distances = [far(one) for one in budgets]
    nearest = min(distances)
    return next(row["activity"] for row, d in zip(rows, distances, strict=True) if d == nearest)


def recomputed(rows: list[Row]) -> dict[str, object]:
    """Return the figures of some activities."""
    told = rows if enough(row["group"] for row in rows) else []
    people = [row for row in told if int(row["attendance"] or 0)]
    had = {name for row in told for name in amounts(row)} - {"equipment", "overhead"}
    had |= {name for row in told for name, _ in in_kind(row)}
    had |= {name for row in told for name in not_needed(row)}
    all_of_them = figure([(row["group"], whole(row)) for row in told])
    sizes = {}
    for least, most in SIZES if all_of_them == {"varies": True} else ():
        fit = [r for r in people if least <= int(r["attendance"]) <= (most or int(r["attendance"]))]
        if fit:
            pairs = [(row["group"], whole(row)) for row in fit]
            sizes[f"{least}-{most or ''}"] = {"had": len(fit), "figure": figure(pairs)}
    return {
        "activities": len(rows),
        "groups": len({row["group"] for row in rows}),
        "whole": all_of_them,
        "each": figure([(row["group"], whole(row) // int(row["attendance"])) for row in people]),
        "categories": {name: category(told, name) for name in had},
        "equipment": part(told, "equipment"),
        "overhead": part(told, "overhead"),
        "sizes": sizes,
        "typical": typical(told) if told else None,
    }


def funds(rows: list[Row]) -> dict[str, object]:
    """Return the figures of how groups are paid for, each of which weighs the same."""
    incomes = [
        (row, {n[5:-6]: int(v) for n, v in row.items() if n[:5] == "from_" and v}) for row in rows
    ]
    paid = [(row, income) for row, income in incomes if sum(income.values()) > 0]
    sources: dict[str, float] = defaultdict(float)
    for _, income in paid if many_gifts([row for row, _ in paid]) else ():
        for name, minor in income.items():
            sources[name] += max(0, minor) / sum(income.values()) / len(paid)
    gifts = [
        (row, exchanged(row, int(row["median_gift_minor"])))
        for row in rows
        if row["median_gift_minor"]
    ]
    hundreds = [
        (row, 100 * int(row["givers"]) // int(row["people_came"]))
        for row in rows
        if int(row["people_came"] or 0)
    ]
    return {
        "groups": len(rows),
        "sources": {n: part for n, share in sources.items() if (part := round(share, 4))},
        "median_gift": middle(gifts),
        "days_to_first_gift": middle(known(rows, "days_to_first_gift")),
        "days_to_goal": middle(known(rows, "days_to_goal")),
        "givers_per_100": middle(hundreds),
    }


def known(rows: list[Row], name: str) -> list[tuple[Row, int]]:
    """Return the groups of which a number is known, and the number."""
    return [(row, int(row[name])) for row in rows if row[name]]


def middle(pairs: list[tuple[Row, int]]) -> dict[str, int] | None:
    """Return the median over groups, if there are enough."""
    if not many_gifts([row for row, _ in pairs]):
        return None
    return {"median": int(median(value for _, value in pairs)), "groups": len(pairs)}


def many_gifts(rows: list[Row]) -> bool:
    """Return whether these are enough groups with enough gifts."""
    return len(rows) >= LEAST_GROUPS and sum(int(row["gifts"] or 0) for row in rows) >= LEAST_GIFTS


def read(table: str) -> list[Row]:
    """Return the rows of a CSV file."""
    with Path(table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main(table: str, claims: str, groups: str = "") -> int:
    """Compare, say what was found, and return how to end."""
    found = recomputed(read(table)) | ({"funding": funds(read(groups))} if groups else {})
    claimed = json.loads(Path(claims).read_text(encoding="utf-8"))
    other = [name for name, value in found.items() if claimed[name] != value]
    for name in other:
        sys.stdout.write(f"{name}: {json.dumps(found[name])} / {json.dumps(claimed[name])}\n")
    sys.stdout.write("NOT the same\n" if other else "The same\n")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
