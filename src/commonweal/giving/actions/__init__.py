"""Promising, receiving, failing, giving back and claiming; and the tiers to choose from."""

from commonweal.giving.actions.arrivals import ask_again, receive, take_away, take_in, undo_receipt
from commonweal.giving.actions.claiming import claim
from commonweal.giving.actions.many import Arrival, receive_all
from commonweal.giving.actions.news import hear
from commonweal.giving.actions.pledging import NotForThis, NotOpen, OnlyOnce, cancel, fail, pledge
from commonweal.giving.actions.refunding import (
    NotGiven,
    OnlyWhole,
    PotTooSmall,
    confirm_refund,
    refund,
)
from commonweal.giving.actions.settling import NotByHand, NotYetHere, confirm_transfer, settle
from commonweal.giving.actions.tiers import add_tier, archive_tier, edit_tier

__all__ = [
    "Arrival",
    "NotByHand",
    "NotForThis",
    "NotGiven",
    "NotOpen",
    "NotYetHere",
    "OnlyOnce",
    "OnlyWhole",
    "PotTooSmall",
    "add_tier",
    "archive_tier",
    "ask_again",
    "cancel",
    "claim",
    "confirm_refund",
    "confirm_transfer",
    "edit_tier",
    "fail",
    "hear",
    "pledge",
    "receive",
    "receive_all",
    "refund",
    "settle",
    "take_away",
    "take_in",
    "undo_receipt",
]
