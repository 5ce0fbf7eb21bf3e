"""The rest of an expense's life: changes asked for, holds, grants, and the rules of who pays."""

from commonweal.spending import actions as spending
from policies.rows.row import ADMINS, DAN, HOST, PURSE, Row
from spending.conftest import item

LIFE = {
    "ask for a change": Row(
        spending.ask_for_changes, {"an admin"} | PURSE,
        lambda town: {"expense": town.expenses["submitted"], "reason": "The date."},
    ),
    "put on hold": Row(
        spending.hold, PURSE, lambda town: {"expense": town.expenses["approved"], "reason": "Wait."}
    ),
    "let go on": Row(spending.resume, PURSE, lambda town: {"expense": town.expenses["on hold"]}),
    "let it be paid again": Row(
        spending.retry, PURSE, lambda town: {"expense": town.expenses["returned"]}
    ),
    "pass money on to another group": Row(
        spending.pass_on, PURSE, lambda town: {"expense": town.expenses["passing on"]}
    ),
    "give Dan a grant": Row(
        spending.file_grant, ADMINS | DAN,
        lambda town: {
            "collective": town.gardens, "payee": town.dan, "item": item(500), "purpose": "Seeds",
        },
    ),
    "say what a group asks": Row(
        spending.set_expense_terms, ADMINS,
        lambda town: {"party": town.gardens, "currency": "EUR", "within_days": 90},
    ),
    "say what a host asks": Row(
        spending.set_expense_terms, HOST,
        lambda town: {"party": town.host.party, "currency": "EUR", "within_days": 90},
    ),
}  # fmt: skip
