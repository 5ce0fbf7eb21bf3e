"""Asking for papers, giving out a year's, and saying how one stands on them."""

from commonweal.papers.actions.asking import (
    NoAddress,
    NoImprint,
    NothingToInvoice,
    NotReached,
    correct,
    give_invoice,
    give_overview,
    give_receipt,
)
from commonweal.papers.actions.giving_out import NothingChanged, NothingKept, NotOverYet
from commonweal.papers.actions.rounds import (
    NotComplete,
    NotEnough,
    NotEntitled,
    UnderWay,
    carry_on,
    forget_old,
    give_donation_receipt,
    start_round,
)
from commonweal.papers.actions.standing import (
    NotRecognised,
    NumberMissing,
    WrongWayRound,
    forget_details,
    set_details,
    set_imprint,
)

__all__ = [
    "NoAddress",
    "NoImprint",
    "NotComplete",
    "NotEnough",
    "NotEntitled",
    "NotOverYet",
    "NotReached",
    "NotRecognised",
    "NothingChanged",
    "NothingKept",
    "NothingToInvoice",
    "NumberMissing",
    "UnderWay",
    "WrongWayRound",
    "carry_on",
    "correct",
    "forget_details",
    "forget_old",
    "give_donation_receipt",
    "give_invoice",
    "give_overview",
    "give_receipt",
    "set_details",
    "set_imprint",
    "start_round",
]
