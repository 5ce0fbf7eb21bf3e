"""What no linter covers: sizes and names of files."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for folder in ("src", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
VAGUE = {"utils", "util", "helpers", "common", "core", "services", "signals", "misc", "base"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_fits_in_the_head(path):
    text = path.read_text()

    too_long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= 70
    ]

    assert len(text.splitlines()) <= 400
    assert not too_long


def test_no_file_has_a_vague_name():
    places = [
        path.relative_to(ROOT / "src").with_suffix("") for path in SOURCES if "src" in str(path)
    ]

    assert not [str(place) for place in places if VAGUE & set(place.parts)]


def test_nothing_says_where_packages_come_from():
    locks = [*ROOT.glob("requirements*.txt"), *ROOT.glob("package*.json"), ROOT / "pyproject.toml"]

    assert not [
        path.name
        for path in locks
        if "registry" in path.read_text() or "--index" in path.read_text()
    ]
