"""`bin/messages`: bring the catalogues up to date with the code, compile them, say what is missing.

`--check` changes nothing and fails where anything is missing, left over or not compiled.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from messages.extracting import template
from messages.rules import mistakes

LOCALE = Path("src/commonweal/locale")
LANGUAGES = ("fr", "nl")
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)  # git knows when; a date here would be a conflict


def main() -> int:
    """Update or check each language; return 1 where something is left to do."""
    parser = argparse.ArgumentParser(prog="bin/messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    said = [line for language in LANGUAGES for line in brought_up_to_date(language, check=check)]
    print("\n".join(said) or "Every text is there in every language.")
    return 1 if said else 0


def brought_up_to_date(language: str, *, check: bool) -> list[str]:
    """Write a language's catalogue, unless it is only checked; return what is wrong with it."""
    folder = LOCALE / language / "LC_MESSAGES"
    catalog = updated(folder / "django.po", language)
    files = {"django.po": _as_text(catalog), "django.mo": _compiled(catalog)}
    said = [f"{language}: {line}" for line in mistakes(catalog)]
    for name, content in files.items():
        path = folder / name
        if check and (not path.exists() or path.read_bytes() != content):
            said.append(f"{path} is not up to date: run bin/messages.")
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return said


def updated(path: Path, language: str) -> Catalog:
    """Return a catalogue with exactly the texts of the code, and the translations it had."""
    known = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog()
    catalog = Catalog(
        locale=language, project="Commonweal", fuzzy=False, charset="utf-8",
        creation_date=UNDATED, revision_date=UNDATED, header_comment="# Texts of Commonweal.",
        msgid_bugs_address="", last_translator="", language_team="",
    )  # fmt: skip
    for text in template():
        old = known.get(text.id, text.context) if text.id else None
        if text.id:
            catalog[text.id] = Message(
                text.id, old.string if old else "", text.locations, text.flags,
                auto_comments=text.auto_comments, context=text.context,
            )  # fmt: skip
    return catalog


def _as_text(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, sort_by_file=True, include_lineno=False, width=100)
    return out.getvalue()


def _compiled(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
