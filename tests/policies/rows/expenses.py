"""Expenses, and the accounts they are paid to."""

from uuid import UUID

from commonweal.spending import actions as spending
from commonweal.spending.actions.papers import Paper
from policies.rows.row import (
    AUTHOR,
    DAN,
    IN_THE_KNOW,
    NO_ONE,
    PURSE,
    SHOP,
    SIGNED_IN,
    THE_SERVER,
    Row,
)
from policies.town import DAY, OTHER_IBAN
from spending.conftest import item, photo

FORM = {"title": "Mine", "items": [item(7)]}

EXPENSES = {
    "ask for money": Row(
        spending.file, SIGNED_IN,
        lambda town: {"collective": town.gardens, "kind": "reimbursement", **FORM},
    ),
    "ask for money for the shop": Row(
        spending.file, SHOP,
        lambda town: {
            "collective": town.gardens, "kind": "invoice", "payee": town.shop, **FORM,
        },
    ),
    "ask to be paid on the shop's account": Row(
        spending.file, NO_ONE,
        lambda town: {
            "collective": town.gardens, "kind": "invoice", "payout_method": town.account, **FORM,
        },
    ),
    "edit a draft": Row(
        spending.edit, AUTHOR,
        lambda town: {
            "expense": town.expenses["draft"], "payout_method": town.account, **FORM,
        },
    ),
    "edit what was agreed to": Row(
        spending.edit, AUTHOR,
        lambda town: {
            "expense": town.expenses["approved"], "payout_method": town.account, **FORM,
        },
    ),
    "add a receipt": Row(
        spending.attach_receipt, AUTHOR,
        lambda town: {
            "expense": town.expenses["submitted"], "content": photo("red"), "name": "red.jpg",
        },
    ),
    "add a paper that was read": Row(
        spending.attach_paper, AUTHOR,
        lambda town: {
            "expense": town.expenses["submitted"], "name": "red.jpg",
            "paper": Paper(b"", "image/jpeg", "jpg", b"digest"),
        },
    ),
    "make a supplier known": Row(
        spending.add_supplier, SIGNED_IN,
        lambda town: {"collective": town.gardens, "name": "Barn", "iban": OTHER_IBAN},
    ),
    "ask a guest where to pay them": Row(
        spending.ask_for_account, SIGNED_IN,
        lambda town: {
            "collective": town.gardens, "name": "Nour", "email": "nour@example.org",
        },
    ),
    "keep a form that is not sent": Row(
        spending.keep_unsent, SIGNED_IN,
        lambda town: {
            "collective": town.gardens, "key": UUID(int=7), "typed": [], "papers": [],
            "title": "Mine",
        },
    ),
    "remove a receipt": Row(
        spending.remove_receipt, AUTHOR,
        lambda town: {"receipt": town.expenses["draft"].receipts.get()},
    ),
    "hand in": Row(spending.submit, AUTHOR, lambda town: {"expense": town.expenses["draft"]}),
    "take an expense back": Row(
        spending.withdraw, AUTHOR, lambda town: {"expense": town.expenses["submitted"]}
    ),
    "agree": Row(
        spending.approve, {"an admin"}, lambda town: {"expense": town.expenses["submitted"]}
    ),
    "say no": Row(
        spending.decline, {"an admin"} | PURSE,
        lambda town: {"expense": town.expenses["submitted"], "reason": "No."},
    ),
    "talk about an expense": Row(
        spending.comment, SIGNED_IN,
        lambda town: {"expense": town.expenses["submitted"], "body": "Hello"},
    ),
    "whisper about an expense": Row(
        spending.comment, IN_THE_KNOW,
        lambda town: {"expense": town.expenses["submitted"], "body": "Hello", "public": False},
    ),
    "talk about a draft": Row(
        spending.comment, AUTHOR,
        lambda town: {"expense": town.expenses["draft"], "body": "Hello"},
    ),
    "look at the account": Row(
        spending.look_at_account, PURSE, lambda town: {"expense": town.expenses["approved"]}
    ),
    "say that Dan was asked": Row(
        spending.verify_account, PURSE, lambda town: {"expense": town.expenses["moved"]}
    ),
    "pay": Row(spending.pay, PURSE, lambda town: {"expense": town.expenses["approved"]}),
    "say that it was paid": Row(
        spending.mark_paid, PURSE,
        lambda town: {"expense": town.expenses["in payment"], "on": DAY, "reference": ""},
    ),
    "put back what was not sent": Row(
        spending.return_payment, PURSE,
        lambda town: {"expense": town.expenses["in payment"], "on": DAY, "reason": "Closed"},
    ),
    "put back what came back": Row(
        spending.return_payment, PURSE,
        lambda town: {"expense": town.expenses["paid"], "on": DAY, "reason": "Closed"},
    ),
    "pay Dan elsewhere from now on": Row(
        spending.add_payout_method, DAN,
        lambda town: {"party": town.dan, "holder": "Me", "iban": OTHER_IBAN},
    ),
    "pay the shop elsewhere from now on": Row(
        spending.add_payout_method, SHOP,
        lambda town: {"party": town.shop, "holder": "Me", "iban": OTHER_IBAN},
    ),
    "forget where Dan was paid": Row(
        spending.forget_accounts, DAN | THE_SERVER, lambda town: {"person": town.dan}
    ),
}  # fmt: skip
