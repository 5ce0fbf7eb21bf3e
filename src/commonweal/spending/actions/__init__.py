"""Filing, agreeing to and paying expenses."""

from commonweal.spending.actions.deciding import approve, comment, decline, withdraw
from commonweal.spending.actions.filing import (
    NothingToPay,
    NotNow,
    OtherActivity,
    OtherCurrency,
    attach_receipt,
    edit,
    file,
    remove_receipt,
    submit,
)
from commonweal.spending.actions.forgetting import forget_accounts
from commonweal.spending.actions.methods import (
    AccountWaits,
    NotAnIban,
    NothingToCheck,
    ReplacedAccount,
    add_payout_method,
    look_at_account,
    verify_account,
)
from commonweal.spending.actions.papers import BadPaper
from commonweal.spending.actions.paying import (
    NoHost,
    NoWhereToPay,
    PaidElsewhere,
    mark_paid,
    pay,
    return_payment,
    settle_payment,
    unsettle_payment,
)
from commonweal.spending.actions.runs import (
    cancel,
    mark_run_paid,
    prepare,
    release,
    set_pay_terms,
    take_file,
)

__all__ = [
    "AccountWaits",
    "BadPaper",
    "NoHost",
    "NoWhereToPay",
    "NotAnIban",
    "NotNow",
    "NothingToCheck",
    "NothingToPay",
    "OtherActivity",
    "OtherCurrency",
    "PaidElsewhere",
    "ReplacedAccount",
    "add_payout_method",
    "approve",
    "attach_receipt",
    "cancel",
    "comment",
    "decline",
    "edit",
    "file",
    "forget_accounts",
    "look_at_account",
    "mark_paid",
    "mark_run_paid",
    "pay",
    "prepare",
    "release",
    "remove_receipt",
    "return_payment",
    "set_pay_terms",
    "settle_payment",
    "submit",
    "take_file",
    "unsettle_payment",
    "verify_account",
    "withdraw",
]
