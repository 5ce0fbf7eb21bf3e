"""Gifts that come again: what their givers change about them."""

from commonweal.giving import actions as giving
from policies.rows.row import Row
from policies.town import EUR

BACKER = {"a backer"}

BILLING = {
    "change a monthly gift": Row(
        giving.change, BACKER,
        lambda town: {
            "contribution": town.gifts["monthly"], "amount": EUR("12"), "tier": None, "day": 3,
        },
    ),
    "give a monthly gift over another rail": Row(
        giving.switch, BACKER,
        lambda town: {"contribution": town.gifts["monthly"], "rail": "transfer"},
    ),
    "pay a monthly gift that a card declined": Row(
        giving.pay_again, BACKER, lambda town: {"contribution": town.gifts["monthly"]}
    ),
    "pause a monthly gift": Row(
        giving.pause, BACKER,
        lambda town: {"contribution": town.gifts["monthly"], "until": None},
    ),
    "go on with a paused gift": Row(
        giving.resume, BACKER, lambda town: {"contribution": town.gifts["paused"]}
    ),
    "stop a monthly gift": Row(
        giving.stop, BACKER, lambda town: {"contribution": town.gifts["monthly"]}
    ),
    "stop it with the key of another gift": Row(
        giving.stop, BACKER,
        lambda town: {"contribution": town.gifts["monthly"], "token": "not-its-key"},
    ),
    "stop all that a backer gives": Row(
        giving.stop_all, BACKER, lambda town: {"person": town.cast["a backer"]}
    ),
}  # fmt: skip
