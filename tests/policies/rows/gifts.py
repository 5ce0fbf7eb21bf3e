"""Ways of giving, promises and gifts."""

from commonweal.foundation import clock
from commonweal.giving import actions as giving
from policies.rows.row import ADMINS, AUTHOR, DAN, GUEST, NO_ONE, PURSE, THE_SERVER, Row
from policies.town import EUR

TRANSFER = {"amount": EUR("100"), "rail": "transfer"}

GIFTS = {
    "offer a way of giving": Row(
        giving.add_tier, ADMINS,
        lambda town: {"collective": town.gardens, "name": "Mine", "amount": EUR("1")},
    ),
    "change a way of giving": Row(
        giving.edit_tier, ADMINS,
        lambda town: {
            "tier": town.tier, "name": "Mine", "description": "", "amount": EUR("1"),
            "flexible": True,
        },
    ),
    "stop a way of giving": Row(giving.archive_tier, ADMINS, lambda town: {"tier": town.tier}),
    "promise as Dan": Row(
        giving.pledge, DAN,
        lambda town: {
            "collective": town.gardens, "contributor": town.dan, "given_by": town.dan, **TRANSFER,
        },
    ),
    "promise as Dan, by the word of Mona": Row(
        giving.pledge, NO_ONE,
        lambda town: {
            "collective": town.gardens, "contributor": town.dan, "given_by": town.mona, **TRANSFER,
        },
    ),
    "promise as the shop, by its author's word": Row(
        giving.pledge, AUTHOR,
        lambda town: {
            "collective": town.gardens, "contributor": town.shop,
            "given_by": town.cast["the author"], **TRANSFER,
        },
    ),
    "promise as the guest": Row(
        giving.pledge, GUEST,
        lambda town: {
            "collective": town.gardens, "contributor": town.guest, "given_by": town.guest,
            **TRANSFER,
        },
    ),
    "cancel a backer's promise": Row(
        giving.cancel, {"a backer"}, lambda town: {"contribution": town.gifts["promised"]}
    ),
    "cancel a guest's promise": Row(
        giving.cancel, GUEST, lambda town: {"contribution": town.gifts["a guest's"]}
    ),
    "confirm a transfer": Row(
        giving.confirm_transfer, PURSE,
        lambda town: {
            "contribution": town.gifts["promised"], "amount": EUR("100"),
            "arrived_on": clock.today(),
        },
    ),
    "give a gift back": Row(
        giving.refund, PURSE, lambda town: {"contribution": town.gifts["settled"]}
    ),
    "confirm that a gift went back": Row(
        giving.confirm_refund, PURSE,
        lambda town: {"contribution": town.gifts["going back"], "on": clock.today()},
    ),
    "claim what a guest gave": Row(
        giving.claim, DAN | THE_SERVER, lambda town: {"login": town.login}
    ),
}  # fmt: skip
