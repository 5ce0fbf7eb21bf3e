"""Which money counts as a donation for the tax office of Belgium or France.

Belgium: an institution that is recognised gives a receipt to whoever gave it 40 euros or more in
a calendar year, in money and for nothing in return; numbers run without a gap for each calendar
year, and only over these. It says the year, the institution, the giver with the full address and,
for gifts since 2024, the national number or the enterprise number, the amount, and that it was
given for good. (FPS Finance, "Attestations (reçus)", finances.belgium.be/fr/asbl/dons/recus;
Income Tax Code 1992, art. 145/33 and 323/3, the latter by the law of 28 December 2023.)

France: the receipt holds what form 11580 (people, CGI art. 200 and 978) or 16216 (companies, CGI
art. 238 bis) holds: order number, body with SIREN or RNA number, its address and purpose, giver,
amount in figures and in words, day or year, form and nature of the gift, how it was paid, day and
signature. A body may print its own, with all of these. (associationmodeemploi.fr, "Qu'est-ce qui
doit figurer sur les reçus de dons?"; service-public.fr, form 11580*05 of 2023.)
"""

from __future__ import annotations

from datetime import date

from commonweal.foundation.money import Money
from commonweal.papers.rules.sheets import Line

FEWEST = {"belgian": Money(40_00, "EUR"), "french": Money(1, "EUR")}
_GIFTS = {"", "donation"}


def counts(line: Line, *, since: date | None, until: date | None) -> bool:
    """Whether a line is a donation in euros, within the time for which the host is recognised."""
    on = date.fromisoformat(line.on)
    is_within = (since is None or since <= on) and (until is None or on <= until)
    is_kept = line.currency == "EUR" and line.kept.minor > 0
    return line.tier in _GIFTS and is_within and is_kept


def enough(kind: str, total: Money) -> bool:
    """Whether a year's donations are enough for a receipt."""
    return total >= FEWEST[kind]


def complete(kind: str, *, name: str, address: str, number: str) -> bool:
    """Whether a giver has said all that the receipt must say of them."""
    return bool(name and address) and (bool(number) or kind == "french")
