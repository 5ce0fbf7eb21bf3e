"""What programs that read the web may read here, and where everything is (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from commonweal.discovery import queries
from commonweal.web.context import CURRENCY

type Entry = tuple[str, datetime | None]

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KEPT_S = 3600
_BLOCKS = "sitemap.blocks"
_PAGES = {
    "groups": "people:profile",
    "activities": "people:profile",
    "updates": "knowledge:update",
    "playbooks": "knowledge:playbook",
    "places": "places:place",
    "hosts": "people:profile",
}
_STANDING = (
    "discovery:home", "discovery:explore", "discovery:costs", "hosting:hosts",
    "knowledge:playbooks", "ledger:whole_ledger", "transparency:verify",
)  # fmt: skip
_THEMES = 1_000
# A star stands for anything, a dollar for the end (RFC 9309). Everything else may be read.
_KEPT_OUT = (
    # Forms and desks: nothing on them is for a search.
    "/sign-in$", "/sign-in?", "/sign-in/", "/sign-up$", "/sign-up?", "/sign-out$", "/account/",
    "/settings$", "/settings/", "/start$", "/start?", "/organizations/new$", "/invitations/",
    "/contributions/", "/gifts/", "/charges/", "/pretend-bank/", "/mailbox$", "/mailbox/",
    "/language/", "/updates/stop/", "/updates/confirm/", "/*/give$", "/*/give?", "/*/desk$",
    "/*/edit$", "/*/goals$", "/*/tiers$", "/*/tiers/", "/*/team$", "/*/apply$", "/*/apply?",
    "/*/apply/", "/*/hosting$", "/*/hosting/", "/*/follow$", "/*/follow/", "/*/new$", "/pay/",
    "/*/expenses/*/receipts/",
    # The same pages in endless other orders.
    "/explore?", "/compare?", "/ledger?", "/*/ledger?", "/costs/*?",
    # Whole books as files, each a long reading of the database.
    "/ledger.csv", "/ledger.json", "/*/ledger.csv", "/*/ledger.json", "/places/*/figures.",
    "/costs/*.csv", "/costs/*.json",
)  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody in, except where it costs much and tells nothing."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _KEPT_OUT), ""]
    lines += [f"Sitemap: {settings.ADDRESS}{reverse('sharing:sitemap')}", ""]
    return _kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap."""
    blocks = cache.get_or_set(_BLOCKS, queries.blocks, _KEPT_S) or []
    parts: list[Entry] = [(_part("pages", 0), None)]
    parts += [(_part(one.kind, one.number), one.changed) for one in blocks]
    return _xml("sitemapindex", "sitemap", parts)


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """List the pages of one kind whose ids lie in one range."""
    if kind == "pages" and number == 0:
        return _xml("urlset", "url", [(path, None) for path in _standing()])
    found = queries.published(kind, number)
    if not found:
        raise Http404
    pages = [(reverse(_PAGES[kind], args=one.names), one.changed) for one in found]
    return _xml("urlset", "url", pages)


def _standing() -> list[str]:
    """Return the pages that are always there, and those of themes that groups are about."""
    themes = queries.themes(most=_THEMES)
    priced = queries.themes_with_costs(CURRENCY)
    return [
        *map(reverse, _STANDING),
        *(reverse("discovery:theme", args=[one.theme.slug]) for one in themes),
        *(reverse("discovery:cost", args=[one.theme.slug]) for one in priced),
    ]


def _part(kind: str, number: int) -> str:
    return reverse("sharing:sitemap_part", args=[kind, number])


def _xml(root: str, name: str, entries: Iterable[Entry]) -> HttpResponse:
    rows = [f"<{name}>{_where(path)}{_when(changed)}</{name}>" for path, changed in entries]
    text = f'{_HEAD}<{root} xmlns="{_NAMESPACE}">\n' + "\n".join(rows) + f"\n</{root}>\n"
    return _kept(HttpResponse(text, content_type="application/xml; charset=utf-8"))


def _where(path: str) -> str:
    return f"<loc>{escape(settings.ADDRESS + path)}</loc>"


def _when(changed: datetime | None) -> str:
    return f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""


def _kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={_KEPT_S}"
    return answer
