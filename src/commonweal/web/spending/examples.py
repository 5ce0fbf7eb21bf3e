"""What belongs in which category, by examples from the life of groups."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.ledger.models import Chart

EXAMPLES: dict[Chart, Promise] = {
    Chart.VENUE: _("a room for an evening, a stage, a tent"),
    Chart.FOOD_DRINK: _("coffee, soup, a barbecue"),
    Chart.EQUIPMENT: _("what stays: a fridge, a projector, tables"),
    Chart.TOOLS_PARTS: _("screwdrivers, fuses, spare parts"),
    Chart.MATERIALS: _("wood, paint, paper, cloth"),
    Chart.PRINTING_COMMUNICATION: _("posters, leaflets, stamps"),
    Chart.TRAVEL: _("a train ticket, a hired van, a night in a hostel"),
    Chart.FEES_SERVICES: _("a musician, an interpreter, a trainer"),
    Chart.SALARIES: _("people whom the group employs"),
    Chart.INSURANCE: _("liability for a day or a year"),
    Chart.RENT_UTILITIES: _("a place all year round, its power and water"),
    Chart.SOFTWARE_HOSTING: _("a website, a subscription"),
    Chart.BANK_FEES: _("what the bank keeps"),
    Chart.TRAINING: _("a first-aid course, a workshop for the team"),
    Chart.GIFTS_SOLIDARITY: _("a present, help for somebody in need"),
    Chart.PLANTS_SEEDS: _("seeds, trees, soil"),
    Chart.OTHER_SPENDING: _("only what fits nowhere else"),
    Chart.TRANSFERS_OUT: _("money passed on to another group"),
}
