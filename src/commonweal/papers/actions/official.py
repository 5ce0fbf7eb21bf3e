"""The words of donation receipts for the tax offices of Belgium and France.

What each has to say, and where that stands: papers/rules/donations.py.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from commonweal.papers.actions.spoken import Pair, Spoken, amount, day, name_of_rail, without_empty
from commonweal.papers.rules import in_french
from commonweal.papers.rules.sheets import Sheet

_BELGIAN_LAW = "145³³, § 1"


def belgian(sheet: Sheet) -> Spoken:
    """Say what the Belgian tax office asks for."""
    issuer, giver = sheet.issuer, sheet.giver
    number = _("National number") if giver.is_person else _("Enterprise number")
    return Spoken(
        title=_("Donation receipt %(year)s") % {"year": sheet.year},
        lede=(
            _("Given under article %(law)s, of the Belgian income tax code of 1992.")
            % {"law": _BELGIAN_LAW},
        ),
        pairs=without_empty(
            (_("Year of the gifts"), str(sheet.year)),
            (_("Institution"), issuer.name),
            (_("Its enterprise number"), issuer.number),
            (_("Recognised under"), issuer.reference),
            (_("Recognised"), _period(issuer.since, issuer.until)),
            (_("Giver"), giver.name),
            (_("Address"), giver.address.replace("\n", ", ")),
            (number, giver.number),
        ),
        sums=((_("Given in money in %(year)s") % {"year": sheet.year}, _total(sheet)),),
        notes=(
            _("These gifts were made for good and cannot be taken back."),
            _("Nothing was or will be given in return for them."),
        ),
        signed=_signed(sheet),
    )


def french(sheet: Sheet) -> Spoken:
    """Say what the French tax office asks for: the contents of form 11580, or 16216 of firms."""
    issuer, giver = sheet.issuer, sheet.giver
    articles = _("200 and 978") if giver.is_person else "238 bis"
    form = "11580" if giver.is_person else "16216"
    return Spoken(
        title=_("Receipt for donations %(year)s") % {"year": sheet.year},
        lede=(
            _("Articles %(articles)s of the French general tax code. Contents of form %(form)s.")
            % {"articles": articles, "form": form},
        ),
        pairs=without_empty(
            (_("Body that received them"), issuer.name),
            (_("SIREN or RNA number"), issuer.number),
            (_("Its address"), issuer.address.replace("\n", ", ")),
            (_("Its purpose"), issuer.purpose),
            (_("What it is by law"), issuer.reference),
            (_("Giver"), giver.name),
            (_("Address"), giver.address.replace("\n", ", ")),
            *_way(sheet),
        ),
        sums=((_("Received in %(year)s") % {"year": sheet.year}, _total(sheet)),),
        notes=(
            _("In words: %(words)s.") % {"words": in_french.amount(sheet.total("EUR"))},
            _(
                "The body certifies on its honour that the gifts it receives give a right to the "
                "tax reduction of articles %(articles)s."
            )
            % {"articles": articles},
        ),
        signed=_signed(sheet),
    )


def _way(sheet: Sheet) -> tuple[Pair, ...]:
    """Say in which form, when and how the gifts were made."""
    days = sorted(line.on for line in sheet.lines)
    rails = sorted({name_of_rail(line.rail) for line in sheet.lines})
    when = day(days[0]) if days else ""
    if len(days) > 1:
        when = _("%(count)s gifts, from %(first)s until %(last)s") % {
            "count": len(days), "first": day(days[0]), "last": day(days[-1]),
        }  # fmt: skip
    return (
        (_("Days of the gifts"), when),
        (_("Form of the gift"), _("Gift from hand to hand, declared")),
        (_("Nature of the gift"), _("Money")),
        (_("Paid by"), ", ".join(rails)),
    )


def _total(sheet: Sheet) -> str:
    return amount(sheet.total("EUR"))


def _period(since: str, until: str) -> str:
    if since and until:
        return _("from %(first)s until %(last)s") % {"first": day(since), "last": day(until)}
    return _("since %(day)s") % {"day": day(since)} if since else ""


def _signed(sheet: Sheet) -> Pair | None:
    if not sheet.issuer.signed_by:
        return None
    return _("For %(name)s") % {"name": sheet.issuer.name}, sheet.issuer.signed_by
