"""What a playbook holds, how it is written as a file, and what differs between two versions.

`schema/playbook-1.json` is the format: whatever does not fit it is refused.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

from jsonschema import Draft202012Validator, ValidationError

from commonweal.foundation.errors import Refused

FORMAT = "commonweal-playbook/1"
LARGEST = 256 * 1024  # bytes of a file
_DEEPEST = 4

type Document = dict[str, Any]
type SignedLine = tuple[Literal["+", "-", " "], str]


class NotAPlaybook(Refused):
    """Something in this playbook does not fit. Look at this again: %(where)s."""

    status = 422


class TooLarge(Refused):
    """This file is too large. A playbook has at most 256 KB."""

    status = 413


class NotJson(Refused):
    """This is not a playbook that was downloaded here or elsewhere. Choose its .json file."""

    status = 422


class NoSign(Refused):
    """The text holds a sign that no program can show. Type it again."""

    status = 422


def schema() -> str:
    """Return the published schema."""
    return _file().read_text(encoding="utf-8")


def read(content: bytes) -> Document:
    """Return what a file holds, or refuse it and say where it is wrong."""
    if len(content) > LARGEST:
        raise TooLarge
    try:
        found = json.loads(
            content.decode("utf-8"), object_pairs_hook=_each_name_once,
            parse_constant=_no_such_number, parse_float=_no_such_number,
        )  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    return checked(found)


def checked(document: Any) -> Document:
    """Return a playbook that fits the schema, or refuse it and name the first wrong place."""
    wrong = next(iter(_validator().iter_errors(document)), None)
    if wrong is not None:
        raise NotAPlaybook(where=_where(wrong))
    if any("\ud800" <= sign <= "\udfff" for sign in json.dumps(document, ensure_ascii=False)):
        raise NoSign
    found: Document = document
    return found


def written(document: Document) -> bytes:
    """Return a playbook as a file; the same playbook is always the same bytes."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def costs_by_category(document: Document, people: int) -> dict[str, int]:
    """Return what the budget comes to for so many people, in minor units by category's slug."""
    costs: dict[str, int] = defaultdict(int)
    for line in document["budget"]:
        times = people if line["driver"] == "person" else 1
        costs[line["category"]] += line["quantity"] * line["unit_price"] * times
    return {category: minor for category, minor in costs.items() if minor}


def differences(before: Document, after: Document) -> list[SignedLine]:
    """Return the lines that came (+) and went (-), with one line around them that stayed."""
    old, new = list(_lines(before)), list(_lines(after))
    told: list[SignedLine] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(1):
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                told += [(" ", line) for line in old[old_from:old_to]]
                continue
            told += [("-", line) for line in old[old_from:old_to]]
            told += [("+", line) for line in new[new_from:new_to]]
    return told


def _lines(document: Document) -> Iterator[str]:
    """Write a playbook as lines that a person can read."""
    for name, value in sorted(document.items()):
        rows = value if isinstance(value, list) else [value]
        yield from (f"{name}: {_said(row)}" for row in rows)


def _said(row: Any) -> str:
    if isinstance(row, Mapping):
        return ", ".join(f"{name} {value}" for name, value in row.items() if value != "")
    return str(row)


def _where(wrong: ValidationError) -> str:
    """Return the place of an error in words: a list, the number of its row, and a name."""
    path = [str(part + 1) if isinstance(part, int) else str(part) for part in wrong.absolute_path]
    if wrong.validator in {"required", "additionalProperties"}:
        path.append(wrong.message[:80])
    return " ".join(path)[:200] or "the beginning"


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_such_number(number: str) -> None:
    raise ValueError(f"{number} is not a whole number")


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema()))


def _file() -> Traversable:
    return resources.files("commonweal.knowledge").joinpath("schema/playbook-1.json")
