"""The rest of an expense's life: changes asked for, holds, grants, and the rules of who pays."""

from commonweal.ledger.models import Chart
from commonweal.spending import actions as spending
from policies.rows.row import ADMINS, AUTHOR, DAN, HOST, PURSE, WRITERS, Row
from policies.town import EUR
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
    "file it again each month": Row(
        spending.repeat, AUTHOR,
        lambda town: {"expense": town.expenses["paid"], "every": "month"},
    ),
    "file it no more by itself": Row(
        spending.stop_repeating, AUTHOR,
        lambda town: {"repeat": town.expenses["submitted"].repeat},
    ),
    "say what an activity is to cost": Row(
        spending.plan_activity_costs, WRITERS,
        lambda town: {"activity": town.event, "costs": {Chart.VENUE: EUR("20")}},
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
