"""A page is found by guessing: its view, its URL and its template have one name."""

import inspect
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

SOURCE = Path(__file__).resolve().parents[2] / "src" / "commonweal"
RENDERED = re.compile(r"""render_page\(\s*request,\s*["']([^"']+)["']""")


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


PAGES = [
    entry
    for entry in patterns(get_resolver())
    if getattr(entry.callback, "__module__", "").startswith("commonweal.web.")
]


@pytest.mark.parametrize(
    "entry", PAGES, ids=lambda entry: f"{entry.callback.__module__}.{entry.name}"
)
def test_view_url_and_template_share_a_name(entry):
    view = inspect.unwrap(entry.callback)
    domain = view.__module__.split(".")[2]
    templates = set(RENDERED.findall(inspect.getsource(view)))

    assert entry.name == view.__name__
    assert templates <= {f"{domain}/{view.__name__}.html"}


def test_every_template_exists():
    asked_for = {
        name
        for path in (SOURCE / "web").rglob("*.py")
        for name in RENDERED.findall(path.read_text())
    }

    assert not [
        name
        for name in asked_for
        if not (SOURCE / "web" / "templates" / name.partition("#")[0]).exists()
    ]
