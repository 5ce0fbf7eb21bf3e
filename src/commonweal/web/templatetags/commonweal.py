"""The house's template words: icons, money, days and pictures. They format; they decide nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from commonweal.foundation.money import Money
from commonweal.foundation.text import html
from commonweal.knowledge.rules import UNITS
from commonweal.ledger.rules import Exchange
from commonweal.web import avatars, formats

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of `icons.svg`; a word beside it says the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def money(value: Money, *, sign: bool = False) -> SafeString:
    """Write an amount; `sign` adds plus or minus, an arrow and the ink of in or out."""
    if not sign or not value:
        return format_html(
            '<data class="amt" value="{}">{}</data>', value.decimal, formats.amount(value)
        )
    way, arrow = ("in", "arrow-down-left") if value.minor > 0 else ("out", "arrow-up-right")
    return format_html(
        '<data class="amt {}" value="{}">{}{}</data>',
        way, value.decimal, icon(arrow), formats.amount(value, sign=True),
    )  # fmt: skip


@register.simple_tag
def exchange_rate(rate: Exchange, source: Money, target: Money) -> str:
    """Write the rate by which one amount became another."""
    return formats.exchange_rate(rate, source.currency, target.currency)


@register.simple_tag
def figure(
    value: Money, *, sign: bool = False, bare: bool = False, mega: bool = False
) -> SafeString:
    """Write a hero amount with small, high cents.

    `bare` leaves its size to what is around it; a `mega` one fills half of the page.
    """
    before, cents, after = formats.in_two(value, sign=sign)
    return format_html(
        '<data{} value="{}">{}{}{}</data>',
        "" if bare else format_html(' class="figure{}"', " mega" if mega else ""),
        value.decimal, before,
        format_html('<span class="cents">{}</span>', cents) if cents else "", after,
    )  # fmt: skip


@register.filter
def amount(value: Money) -> str:
    """Write an amount as plain text, for sentences, labels and buttons."""
    return formats.amount(value)


@register.filter
def signed(value: Money) -> str:
    """Write an amount as plain text with its plus or minus."""
    return formats.amount(value, sign=True)


@register.filter
def price(value: Money) -> str:
    """Write a round price without its cents: €10, but €9.50."""
    return formats.amount(value, whole=True)


@register.filter
def count(value: int) -> str:
    """Write a whole number."""
    return formats.number(value)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """Write a part of a whole as a percentage."""
    return formats.share(part, whole)


@register.simple_tag
def in_kind(kind: str, quantity: int) -> str:
    """Write how much of a kind of help: 3 hours, 2 days; nothing where there is none."""
    return formats.in_kind(UNITS[kind], quantity) if kind in UNITS else ""


@register.filter
def ppm(value: int) -> str:
    """Write parts per million as a percentage: 50000 is 5 %."""
    return formats.rate(value)


@register.filter
def month(moment: date, style: str = "month") -> str:
    """Write a month: month (November 2026) or month_short (Nov)."""
    return formats.day(moment, style)


@register.filter
def negative(value: Money) -> Money:
    """Show an amount as money that went out."""
    return -value


@register.simple_tag
def when(moment: date | datetime | None, style: str = "long") -> SafeString | str:
    """Write a day: long (default), day, short, month or time (with the hour)."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(), formats.day(moment, style)
    )


@register.simple_tag
def avatar(party: Any, size: str = "") -> SafeString:
    """Show the picture of a party, or one drawn from its name; "" , small or big."""
    if not isinstance(party, str) and getattr(party, "picture", None):
        square = "" if party.kind == "person" else "group"
        return format_html(
            '<img class="avatar {} {}" src="{}" alt="" width="72" height="72" loading="lazy">',
            square, size, reverse("people:picture", args=[Path(party.picture.name).stem]),
        )  # fmt: skip
    if isinstance(party, str) or getattr(party, "kind", "person") == "person":
        name = party if isinstance(party, str) else party.name
        return mark_safe(avatars.person(escape(name), size))  # noqa: S308 - escaped
    return mark_safe(avatars.group(party.slug, size))  # noqa: S308 - drawn from digits


@register.simple_tag
def cover(slug: str, columns: int = 8, rows: int = 3, size: str = "") -> SafeString:
    """Draw a band of tiles from a slug."""
    drawn = avatars.cover(slug, columns=columns, rows=rows, size=size)
    return mark_safe(drawn)  # noqa: S308 - drawn from digits


@register.filter
def local(thing: Any) -> str:
    """Write the name of a place or a theme in the reader's language."""
    if thing is None:
        return ""
    return formats.local(thing.names, getattr(thing, "name", "") or str(thing))


@register.filter
def short_name(name: str, longest: int) -> str:
    """Write a name that fits: words after a dash shrink to their first letter."""
    return formats.short_name(name, longest)


@register.filter
def named(names: dict[str, str], fallback: str) -> str:
    """Write one of several names in the reader's language."""
    return formats.local(names, fallback)


@register.filter
def markdown(text: str) -> SafeString:
    """Show typed Markdown, cleaned."""
    return mark_safe(html(text))  # noqa: S308 - cleaned against an allow-list
