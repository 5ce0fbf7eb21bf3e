"""Promising, receiving, failing, giving back and claiming; and the tiers to choose from."""

from commonweal.giving.actions.arrivals import receive, take_away, take_in, undo_receipt
from commonweal.giving.actions.billing import ask_again, bill, end_with_group, miss, try_again
from commonweal.giving.actions.changing import (
    HasEnded,
    NotAhead,
    NothingToPay,
    change,
    pause,
    pay_again,
    resume,
    resume_by_itself,
    stop,
    stop_all,
    switch,
)
from commonweal.giving.actions.claiming import claim
from commonweal.giving.actions.mandates import (
    NoMandate,
    NothingToSign,
    fail_debit,
    rest_debit,
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
    "AtTheBank",
    "HasEnded",
    "NoMandate",
    "NotAhead",
    "NotByHand",
    "NotForThis",
    "NotGiven",
    "NotOpen",
    "NotYetHere",
    "NothingToPay",
    "NothingToSign",
    "OnlyOnce",
    "OnlyWhole",
    "PotTooSmall",
    "add_tier",
    "archive_tier",
    "ask_again",
    "bill",
    "cancel",
    "change",
    "claim",
    "confirm_refund",
    "confirm_transfer",
    "edit_tier",
    "end_with_group",
    "fail",
    "fail_debit",
    "hear",
    "miss",
    "pause",
    "pay_again",
    "pledge",
    "receive",
    "receive_all",
    "refund",
    "rest_debit",
    "resume",
    "resume_by_itself",
    "revoke_mandate",
    "settle",
    "sign_mandate",
    "stop",
    "stop_all",
    "switch",
    "take_away",
    "take_in",
    "try_again",
    "undo_receipt",
]
