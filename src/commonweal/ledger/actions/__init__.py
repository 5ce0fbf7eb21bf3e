"""Writing the ledger: posting, and putting what was posted in order."""

from commonweal.ledger.actions.posting import (
    Conflict,
    Frozen,
    NotEnough,
    NotReversible,
    ReversedTooMuch,
    Unbalanced,
    UnknownAccount,
    forget,
    freeze,
    hold_still,
    let_fall_below,
    open_account,
    post,
    post_batch,
    reverse,
)
from commonweal.ledger.actions.sequencing import advance

__all__ = [
    "Conflict",
    "Frozen",
    "NotEnough",
    "NotReversible",
    "ReversedTooMuch",
    "Unbalanced",
    "UnknownAccount",
    "advance",
    "forget",
    "freeze",
    "hold_still",
    "let_fall_below",
    "open_account",
    "post",
    "post_batch",
    "reverse",
]
