"""What a host's bank says."""

from commonweal.banking import actions as banking
from policies import bank
from policies.rows.row import DAN, PURSE, THE_SERVER, Row

BANK = {
    "take in a statement": Row(
        banking.take, PURSE | THE_SERVER,
        lambda town: {"host": town.host, "name": "new.xml", "content": bank.statement("9")},
    ),
    "let lines be placed": Row(
        banking.place_new, PURSE | THE_SERVER, lambda town: {"host": town.host}
    ),
    "place a line": Row(
        banking.place, PURSE,
        lambda town: {
            "line": town.bank["new"],
            "shares": [banking.Share("own", town.bank["new"].amount_minor, words="Rent")],
        },
    ),
    "forget which account Dan paid from": Row(
        banking.forget_payer, DAN | THE_SERVER, lambda town: {"person": town.dan}
    ),
    "undo what a line became": Row(
        banking.undo, PURSE, lambda town: {"line": town.bank["placed"]}
    ),
}  # fmt: skip
