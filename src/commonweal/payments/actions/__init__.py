"""Moving money one step on. Who may ask for a step has been asked by the caller."""

from commonweal.payments.actions.charges import (
    AlreadyArrived,
    TooMuchBack,
    WrongCurrency,
    WrongMoment,
    ask_back,
    capture,
    capture_all,
    confirm_back,
    fail,
    mark_all_settled,
    mark_settled,
    note_step,
    start_charge,
    unconfirm_back,
)
from commonweal.payments.actions.inbox import mark_read, receive
from commonweal.payments.actions.payouts import (
    bundle_payouts,
    confirm_payout,
    hold_payout,
    return_payout,
    send_payouts,
    unconfirm_payout,
)

__all__ = [
    "AlreadyArrived",
    "TooMuchBack",
    "WrongCurrency",
    "WrongMoment",
    "ask_back",
    "bundle_payouts",
    "capture",
    "capture_all",
    "confirm_back",
    "confirm_payout",
    "fail",
    "hold_payout",
    "mark_all_settled",
    "mark_read",
    "mark_settled",
    "note_step",
    "receive",
    "return_payout",
    "send_payouts",
    "start_charge",
    "unconfirm_back",
    "unconfirm_payout",
]
