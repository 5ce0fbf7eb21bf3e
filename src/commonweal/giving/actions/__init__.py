"""Promising, receiving, failing, giving back and claiming; and the tiers to choose from."""

from commonweal.giving.actions.arrivals import ask_again, receive, take_away, take_in, undo_receipt
from commonweal.giving.actions.claiming import claim
from commonweal.giving.actions.mandates import (
    NoMandate,
    NothingToSign,
    fail_debit,
    may_sign,
    revoke_mandate,
    sign_mandate,
)
from commonweal.giving.actions.many import Arrival, receive_all
from commonweal.giving.actions.news import hear
from commonweal.giving.actions.pledging import (
    AtTheBank,
    NotForThis,
    NotOpen,
    OnlyOnce,
    cancel,
    fail,
    pledge,
)
from commonweal.giving.actions.refunding import NotGiven, OnlyWhole, confirm_refund, refund
from commonweal.giving.actions.settling import NotByHand, NotYetHere, confirm_transfer, settle
from commonweal.giving.actions.tiers import add_tier, archive_tier, edit_tier

__all__ = [
    "Arrival",
    "AtTheBank",
    "NoMandate",
    "NotByHand",
    "NotForThis",
    "NotGiven",
    "NotOpen",
    "NotYetHere",
    "NothingToSign",
    "OnlyOnce",
    "OnlyWhole",
    "add_tier",
    "archive_tier",
    "ask_again",
    "cancel",
    "claim",
    "confirm_refund",
    "confirm_transfer",
    "edit_tier",
    "fail",
    "fail_debit",
    "hear",
    "may_sign",
    "pledge",
    "receive",
    "receive_all",
    "refund",
    "revoke_mandate",
    "settle",
    "sign_mandate",
    "take_away",
    "take_in",
    "undo_receipt",
]
