"""Typed text becomes safe addresses and safe HTML."""

from html.parser import HTMLParser

import pytest

from commonweal.foundation import text


class Tags(HTMLParser):
    """Collects each tag with the address it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs).get("href")))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Repair Café Marolles", "repair-cafe-marolles"),
        ("  Papers, please! ", "papers-please"),
        ("Zünd—up", "zundup"),
        ("日本", ""),
        ("a" * 100, "a" * 60),
    ],
)
def test_names_become_addresses(name: str, slug: str) -> None:
    assert text.slug(name) == slug


def test_markdown_keeps_its_meaning() -> None:
    assert text.html("# Hello\n\n**bold** [link](https://example.org)") == (
        "<h3>Hello</h3>\n<p><strong>bold</strong> "
        '<a href="https://example.org" rel="nofollow noopener ugc">link</a></p>\n'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](javascript:alert(1))",
        '<a href="data:text/html,x">x</a>',
        '[x](https://e.org "onmouseover=alert(1)")<iframe src=x>',
    ],
)
def test_nothing_in_markdown_runs(hostile: str) -> None:
    reader = Tags()

    reader.feed(text.html(hostile))

    assert {name for name, _ in reader.found} <= {"p", "a"}
    assert not [link for _, link in reader.found if link and not link.startswith("https://")]
