"""What a translation must keep: every text translated, and every placeholder in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def mistakes(catalog: Catalog) -> list[str]:
    """Return a sentence for each text that is not translated, or not with the same placeholders."""
    return [line for text in catalog if text.id for line in _wrong_with(text)]


def _wrong_with(text: Message) -> Iterator[str]:
    sources, strings = _forms(text.id), _forms(text.string)
    if not strings or not all(strings):
        yield f"not translated: {sources[0]!r}"
        return
    wanted = set().union(*map(_placeholders, sources))
    for string in strings:
        found = _placeholders(string)
        if not found <= wanted or (len(strings) == 1 and found != wanted):
            yield f"other placeholders than its source: {string!r}"


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return one form, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _placeholders(text: str) -> set[str]:
    return {one or other for one, other in _PLACEHOLDER.findall(text)}
