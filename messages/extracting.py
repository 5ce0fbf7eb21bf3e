"""Finding the texts: in Python, in templates, and in the sentences that refuse something."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path("src/commonweal")
KEYWORDS = {**DEFAULT_KEYWORDS, "lazily": None, "gettext_lazy": None, "pgettext": ((1, "c"), 2)}
UNSEEN = {"migrations", "cli"}  # migrations say nothing, and the command speaks English
# Bases by which a class is known to be one whose docstring is shown to people.
REFUSALS = {"Refused", "NotAllowed"}


def template() -> Catalog:
    """Return every text of the code, untranslated."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    catalog = Catalog()
    for path in sorted(SOURCE.rglob("*")):
        where = path.relative_to(SOURCE).as_posix()
        for line, text, context in _texts(path):
            catalog.add(text, None, [(where, line)], context=context)
    return catalog


def _texts(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    if path.suffix == ".py" and not UNSEEN & set(path.parts):
        code = path.read_text()
        yield from _refusals(code)
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        code = templatize(path.read_text(), origin=str(path))
    else:
        return
    for line, text, _comments, context in extract("python", BytesIO(code.encode()), KEYWORDS):
        yield line, text, context


def _refusals(code: str) -> Iterator[tuple[int, str, None]]:
    """Yield what is told when something is refused: the docstring of the error's class."""
    if not any(base in code for base in REFUSALS):
        return
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ClassDef) and REFUSALS & {ast.unparse(base) for base in node.bases}:
            yield node.lineno, inspect.cleandoc(ast.get_docstring(node) or node.name), None
