"""Pay runs: who chooses, lets the money go, takes the file, gives up, and says that it was paid."""

from commonweal.spending import actions as spending
from policies.rows.row import HOST, PURSE, Row
from policies.town import DAY

TERMS = {"second_person": True, "second_lock": False, "file_kind": "", "as_one": True}

PAY_RUNS = {
    "choose what to pay together": Row(
        spending.prepare, PURSE,
        lambda town: {"host": town.host, "expenses": [town.expenses["approved"].pk]},
    ),
    "let the money of a pay run go": Row(
        spending.release, PURSE, lambda town: {"run": town.runs["prepared"]}
    ),
    "take the file of a pay run": Row(
        spending.take_file, PURSE, lambda town: {"run": town.runs["released"]}
    ),
    "give up a pay run": Row(
        spending.cancel, PURSE, lambda town: {"run": town.runs["released"]}
    ),
    "say that a pay run was paid": Row(
        spending.mark_run_paid, PURSE,
        lambda town: {"run": town.runs["released"], "on": DAY, "reference": ""},
    ),
    "say how a host pays": Row(
        spending.set_pay_terms, HOST, lambda town: {"host": town.host, **TERMS}
    ),
}  # fmt: skip
