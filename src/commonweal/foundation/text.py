"""Text that people type: addresses made from names, and Markdown made safe."""

import re
import unicodedata

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False})
_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4"}


def slug(name: str, *, longest: int = 60) -> str:
    """Return the address form of a name: lower-case ASCII letters, digits and single dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def html(markdown: str) -> str:
    """Return Markdown as HTML with an allow-list of tags; scripts and raw HTML never survive."""
    rendered = _MARKDOWN.render(markdown).replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    rendered = rendered.replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return nh3.clean(rendered, tags=_TAGS, link_rel="nofollow noopener ugc")
