"""A page is found by guessing: its view, its URL and its template have one name."""

import inspect
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

SOURCE = Path(__file__).resolve().parents[2] / "src" / "commonweal"
TEMPLATES = SOURCE / "web" / "templates"
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

    assert not [name for name in asked_for if not (TEMPLATES / name.partition("#")[0]).exists()]


FORMS = [path for path in TEMPLATES.rglob("*.html") if "{% csrf_token %}" in path.read_text()]
INCLUDED = re.compile(r'{% include "([^"]+)"([^%]*) only %}')


def test_a_form_is_included_with_its_token():
    """Given `only` what it names, a part has no token, and what is sent from it is refused."""
    names = {path.relative_to(TEMPLATES).as_posix() for path in FORMS}

    assert not [
        (path.name, part)
        for path in TEMPLATES.rglob("*.html")
        for part, given in INCLUDED.findall(path.read_text())
        if part in names and "csrf_token=csrf_token" not in given
    ]
