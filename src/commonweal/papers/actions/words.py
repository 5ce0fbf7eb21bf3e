"""The words of each paper, in the giver's language: what `templates/paper.typ` sets in type.

The receipt for the French tax office is in French, whoever reads it: it is read there.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.papers.actions.official import belgian, french
from commonweal.papers.actions.spoken import Spoken, Table, amount, day, name_of_rail, without_empty
from commonweal.papers.models import Kind
from commonweal.papers.rules import inks
from commonweal.papers.rules.sheets import Line, Sheet, changes

# Many papers are about many groups; only one group's own colour says something.
_PLAIN = "#1b2238"


def language_of(kind: str, language: str) -> str:
    """Return in which language a paper is written for somebody who reads another."""
    return "fr" if kind == Kind.FRENCH else language


def words(
    sheet: Sheet, *, code: str, on: date, language: str, before: tuple[str, Sheet] | None = None
) -> dict[str, Any]:
    """Return all that stands on a paper; `before` is the number and sheet of the one corrected."""
    with translation.override(language):
        spoken = _KINDS[Kind(sheet.kind)](sheet)
        issuer, giver = sheet.issuer, sheet.giver
        return {
            **asdict(spoken),
            "code": code,
            "on": [on.year, on.month, on.day],
            "lang": language,
            "ink": _ink(sheet),
            "demo": _("This paper belongs to a demo. No money was paid.") if sheet.demo else "",
            "issuer": [issuer.name, *_lines(issuer.address), *_lines(issuer.number)],
            "giver": [_("For"), giver.name, *_lines(giver.address)],
            "meta": [(_("Number"), code), (_("Day"), day(on))],
            "corrects": _corrects(before, sheet) if before else [],
            "small": [*spoken.small, _check()],
        }  # fmt: skip


def _receipt(sheet: Sheet) -> Spoken:
    line = sheet.lines[0]
    is_gift = line.tier in {"", "donation"}
    names = {"host": sheet.issuer.name, "group": line.group}
    return Spoken(
        title=_("Receipt for a gift") if is_gift else _("Receipt for a payment"),
        lede=(_("%(host)s received this money for %(group)s. Thank you.") % names,),
        pairs=without_empty(
            (_("Came on"), day(line.on)),
            (_("For the group"), line.group),
            (_("What for"), line.what),
            (_("Paid by"), name_of_rail(line.rail)),
            (_("Came"), amount(line.came) if line.back_minor else ""),
            (_("Given back"), amount(line.back) if line.back_minor else ""),
        ),
        sums=((_("Amount"), amount(line.kept)),),
        notes=(_("This receipt is not for the tax office."),),
        small=(_in_ledger(line),),
    )


def _overview(sheet: Sheet) -> Spoken:
    by_group = groupby(sheet.lines, key=lambda line: line.group)
    totals = tuple((_("In all"), amount(money)) for money in sheet.totals().values())
    return Spoken(
        title=_("Your gifts in %(year)s") % {"year": sheet.year},
        lede=(
            _("All that reached groups at %(host)s from you in %(year)s.")
            % {"host": sheet.issuer.name, "year": sheet.year},
        ),
        tables=tuple(_group(group, tuple(lines)) for group, lines in by_group),
        sums=totals,
        notes=(_("This overview is not for the tax office."),),
    )


def _invoice(sheet: Sheet) -> Spoken:
    line = sheet.lines[0]
    what = line.what or _("Support of the group")
    return Spoken(
        title=_("Invoice"),
        pairs=without_empty(
            (_("Your number"), sheet.giver.number),
            (_("Delivered and paid on"), day(line.on)),
            (_("Paid by"), name_of_rail(line.rail)),
        ),
        tables=(
            Table(
                heading="",
                columns=(_("Day"), _("What for"), _("Amount")),
                rows=((day(line.on, short=True), f"{what}, {line.group}", amount(line.came)),),
                totals=((_("Given back"), f"−{amount(line.back)}"),) if line.back_minor else (),
            ),
        ),
        sums=((_("In all, paid"), amount(line.kept)),),
        notes=(sheet.issuer.vat_words or _("Not subject to VAT."),),
        signed=None,
        small=(_in_ledger(line),),
    )


def _group(group: str, lines: tuple[Line, ...]) -> Table:
    sums = {line.currency: line.kept for line in lines}
    for currency in sums:
        same = [line.kept for line in lines if line.currency == currency]
        sums[currency] = sum(same[1:], start=same[0])
    return Table(
        heading=group,
        columns=(_("Day"), _("What for"), _("Amount")),
        rows=tuple((day(line.on, short=True), _what(line), amount(line.kept)) for line in lines),
        totals=tuple((_("Together"), amount(money)) for money in sums.values()),
    )


def _what(line: Line) -> str:
    what = line.what or _("Gift")
    if not line.back_minor:
        return what
    told = {"what": what, "came": amount(line.came), "back": amount(line.back)}
    return _("%(what)s: %(came)s came, %(back)s went back") % told


def _corrects(before: tuple[str, Sheet], sheet: Sheet) -> list[str]:
    """Say which paper this one takes the place of, and what is different."""
    code, was = before
    changed = changes(was, sheet)
    told = [_("This paper takes the place of %(code)s.") % {"code": code}]
    currency = (sheet.lines or was.lines)[0].currency
    if "money" in changed:
        sums = {"was": amount(was.total(currency)), "now": amount(sheet.total(currency))}
        told.append(_("The amount was %(was)s and is %(now)s.") % sums)
    if "name" in changed:
        names = {"was": was.giver.name, "now": sheet.giver.name}
        told.append(_("The name was %(was)s and is %(now)s.") % names)
    if "address" in changed:
        told.append(_("The address is another one."))
    if "number" in changed:
        told.append(_("The number of the giver is another one."))
    return [" ".join(told)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _ink(sheet: Sheet) -> str:
    groups = {line.group for line in sheet.lines}
    is_ours = sheet.kind in {Kind.RECEIPT, Kind.INVOICE}
    return inks.of(groups.pop()) if len(groups) == 1 and is_ours else _PLAIN


def _in_ledger(line: Line) -> str:
    address = f"{settings.ADDRESS}/ledger/{line.leaf}"
    return _("In the public ledger: %(address)s") % {"address": address}


def _check() -> str:
    return _("Is this paper real? Check it: %(address)s") % {
        "address": f"{settings.ADDRESS}/papers/check"
    }


_KINDS = {
    Kind.RECEIPT: _receipt,
    Kind.OVERVIEW: _overview,
    Kind.INVOICE: _invoice,
    Kind.BELGIAN: belgian,
    Kind.FRENCH: french,
}
