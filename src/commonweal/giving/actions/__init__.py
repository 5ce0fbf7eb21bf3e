"""Promising, receiving, failing, giving back and claiming; and the tiers to choose from."""

from commonweal.giving.actions.claiming import claim
from commonweal.giving.actions.news import hear
from commonweal.giving.actions.pledging import NotForThis, NotOpen, OnlyOnce, cancel, fail, pledge
from commonweal.giving.actions.refunding import NotGiven, OnlyWhole, confirm_refund, refund
from commonweal.giving.actions.settling import NotByHand, NotYetHere, confirm_transfer, settle
from commonweal.giving.actions.tiers import add_tier, archive_tier, edit_tier

__all__ = [
    "NotByHand",
    "NotForThis",
    "NotGiven",
    "NotOpen",
    "NotYetHere",
    "OnlyOnce",
    "OnlyWhole",
    "add_tier",
    "archive_tier",
    "cancel",
    "claim",
    "confirm_refund",
    "confirm_transfer",
    "edit_tier",
    "fail",
    "hear",
    "pledge",
    "refund",
    "settle",
]
