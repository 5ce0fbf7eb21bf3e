"""Links to the other pages of a long list, with everything else of the address kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest

_NEAR = 1


@dataclass(frozen=True)
class Link:
    """One number in the row, or a gap between numbers (no address)."""

    number: int
    address: str
    here: bool = False


@dataclass(frozen=True)
class Pages:
    """The row of numbers, and where the arrows lead ("" where there is no more)."""

    links: tuple[Link, ...]
    newer: str
    older: str


def numbered(request: HttpRequest, *, page: int, last: int, name: str = "page") -> Pages:
    """Return the first, the last and the pages around this one."""
    near = range(max(1, page - _NEAR), min(last, page + _NEAR) + 1)
    links: list[Link] = []
    for number in sorted({1, last, *near}):
        if links and number - links[-1].number > 1:
            links.append(Link(number - 1, ""))
        links.append(Link(number, changed(request, **{name: number}), here=number == page))
    return Pages(
        tuple(links),
        newer=changed(request, **{name: page - 1}) if page > 1 else "",
        older=changed(request, **{name: page + 1}) if page < last else "",
    )


def changed(request: HttpRequest, **values: object) -> str:
    """Return this page's address with other values; None or "" leaves a name out."""
    query = request.GET.copy()
    for name, value in values.items():
        query.pop(name, None)
        if value not in {None, ""}:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def asked_for(request: HttpRequest, name: str = "page") -> int | None:
    """Return the page number in the address, or None where there is none that makes sense."""
    text = request.GET.get(name, "")
    return int(text) if re.fullmatch(r"[1-9]\d{0,17}", text, flags=re.ASCII) else None
