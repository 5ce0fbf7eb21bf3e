"""Papers of gifts, how one stands on them, and a year's donation receipts."""

from commonweal.giving import queries as giving
from commonweal.papers import actions as papers
from policies.rows.row import ALL, DAN, GUEST, HOST, PURSE, SHOP, THE_SERVER, Row
from policies.written import ADDRESS, IMPRINT

OTHER = ADDRESS | {"name": "Me anew"}


PAPERS = {
    "have a receipt": Row(
        papers.give_receipt, PURSE | {"a backer"},
        lambda town: {"charge": giving.charge_of(town.gifts["settled"])},
    ),
    "have a receipt with the address of the gift": Row(
        papers.give_receipt, ALL,
        lambda town: {
            "charge": giving.charge_of(town.gifts["settled"]),
            "secret": town.gifts["settled"].secret,
        },
    ),
    "have a receipt of what was given incognito, with its address": Row(
        papers.give_receipt, {"a backer"},
        lambda town: {
            "charge": giving.charge_of(town.papers.hidden),
            "secret": town.papers.hidden.secret,
        },
    ),
    "have an invoice of what the shop gave": Row(
        papers.give_invoice, SHOP | PURSE,
        lambda town: {"charge": giving.charge_of(town.papers.of_shop)},
    ),
    "have an overview of a year": Row(
        papers.give_overview, {"a backer"},
        lambda town: {"holder": town.cast["a backer"], "host": town.host, "year": 2025},
    ),
    "have one's own donation receipt": Row(
        papers.give_donation_receipt, SHOP,
        lambda town: {"holder": town.shop, "host": town.host, "kind": "belgian", "year": 2025},
    ),
    "have a paper corrected": Row(
        papers.correct, PURSE | {"a backer"}, lambda town: {"paper": town.papers.of_backer}
    ),
    "have a guest's paper corrected": Row(
        papers.correct, PURSE, lambda town: {"paper": town.papers.of_guest}
    ),
    "say how Dan stands on papers": Row(
        papers.set_details, DAN, lambda town: {"party": town.dan, **OTHER}
    ),
    "say how the shop stands on papers": Row(
        papers.set_details, SHOP, lambda town: {"party": town.shop, **OTHER}
    ),
    "say how the guest stands on papers": Row(
        papers.set_details, GUEST, lambda town: {"party": town.guest, **OTHER}
    ),
    "forget how Dan stands on papers": Row(
        papers.forget_details, DAN | THE_SERVER, lambda town: {"person": town.papers.said.party}
    ),
    "say how the host stands on papers": Row(
        papers.set_imprint, HOST, lambda town: {"host": town.host, **IMPRINT}
    ),
    "give out a year's donation receipts": Row(
        papers.start_round, PURSE,
        lambda town: {"host": town.host, "kind": "belgian", "year": 2024},
    ),
}  # fmt: skip
