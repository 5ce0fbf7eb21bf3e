"""Every action that people take, what it is tried on, and who may; all others are refused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from cast import IBAN
from commonweal.collectives import actions as collectives
from commonweal.conversations import actions as conversations
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.giving import actions as giving
from commonweal.hosting import actions as hosting
from commonweal.importing import actions as importing
from commonweal.knowledge import actions as knowledge
from commonweal.people import actions as people
from commonweal.people.models import Role
from commonweal.places.models import Place
from commonweal.spending import actions as spending
from importing.exports import GIFT, write
from policies.town import DAY, EUR, EVERYBODY, Town
from spending.conftest import item, photo


@dataclass(frozen=True)
class Row:
    """An action, who may take it, and what it is given in a town; `by` is whoever tries."""

    action: Callable[..., object]
    may: Collection[str]
    given: Callable[[Town], dict[str, Any]]
    refusal: type[Refused] = NotAllowed


ALL = frozenset(EVERYBODY)
NO_ONE: frozenset[str] = frozenset()
SIGNED_IN = ALL - {"nobody", "a guest", "somebody erased", "an organization"}
THE_SERVER = {"nobody"}  # these actions take None for the server itself; faces ask who is there
DAN = {"a stranger"}
GUEST = {"nobody", "a guest"}
ADMINS = {"an admin", "an admin who is paid"}
WRITERS = ADMINS | {"a member"}
ADMIN_OF_DRAFTS = {"an admin"}
AUTHOR = {"the author"}
SHOP = {"the author", "the payee", "an admin who is paid"}
HOST = {"the host's admin"}
PURSE = {"the host's admin", "the host's accountant"}
IN_THE_KNOW = ADMINS | SHOP | PURSE

OTHER_IBAN = "BE68539007547034"
EXPORT = write([GIFT], currency="EUR")
BANK = {"fee_ppm": 10_000, "iban": IBAN, "bic": "", "account_holder": ""}
PAGE = {
    "name": "Mine", "about": "", "place": None, "themes": [], "tags": [], "story": "All mine.",
}  # fmt: skip
FORM = {"title": "Mine", "items": [item(7)]}
TRANSFER = {"amount": EUR("100"), "rail": "transfer"}

PEOPLE = {
    "join": Row(people.sign_up, ALL, lambda _: {"email": "new@example.org", "name": "New"}),
    "leave an address as a guest": Row(
        people.ensure_guest, ALL, lambda _: {"email": "new@example.org", "name": "New"}
    ),
    "set the server up again": Row(
        people.set_up, NO_ONE,
        lambda _: {"name": "Mine", "admin_name": "Me", "admin_email": "new@example.org"},
        people.AlreadySetUp,
    ),
    "move Dan's address": Row(
        people.change_email, DAN | THE_SERVER,
        lambda town: {"login": town.login, "email": "new@example.org"},
    ),
    "make Dan of the guest": Row(
        people.claim_guest, DAN | THE_SERVER,
        lambda town: {"login": town.login, "email": "nour@example.org"},
    ),
    "make an organization": Row(
        people.create_organization, SIGNED_IN, lambda _: {"name": "New House"}
    ),
    "describe Dan": Row(
        people.edit_profile, DAN, lambda town: {"party": town.dan, "about": "Mine"}
    ),
    "describe the shop": Row(
        people.edit_profile, SHOP, lambda town: {"party": town.shop, "about": "Mine"}
    ),
    "rename Dan": Row(
        people.rename, DAN, lambda town: {"party": town.dan, "name": "Mine", "slug": "mine"}
    ),
    "rename the group": Row(
        people.rename, ADMINS,
        lambda town: {"party": town.gardens.party, "name": "Mine", "slug": "mine"},
    ),
    "take the group's picture away": Row(
        people.set_picture, ADMINS | THE_SERVER,
        lambda town: {"party": town.gardens.party, "picture": None},
    ),
    "make Dan a member": Row(
        people.grant, ADMINS | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.MEMBER},
    ),
    "make Dan an admin": Row(
        people.grant, ADMINS | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.ADMIN},
    ),
    "make Dan a backer who gave nothing": Row(
        people.grant, THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.BACKER},
    ),
    "let Dan follow the group": Row(
        people.grant, DAN | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.FOLLOWER},
    ),
    "make Dan an accountant of the host": Row(
        people.grant, HOST | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.host.party, "role": Role.ACCOUNTANT},
    ),
    "end the membership of Mona": Row(
        people.leave, {"a member"} | ADMINS | THE_SERVER,
        lambda town: {"person": town.mona, "party": town.gardens, "role": Role.MEMBER},
    ),
    "send the host's accountant away": Row(
        people.leave, PURSE | THE_SERVER,
        lambda town: {"person": town.carol, "party": town.host.party, "role": Role.ACCOUNTANT},
    ),
    "invite a member": Row(
        people.invite, ADMINS,
        lambda town: {"party": town.gardens, "email": "new@example.org", "role": Role.MEMBER},
    ),
    "invite an accountant of the host": Row(
        people.invite, HOST,
        lambda town: {"party": town.host.party, "email": "x@example.org", "role": Role.ACCOUNTANT},
    ),
    "withdraw an invitation": Row(
        people.withdraw_invitation, ADMINS, lambda town: {"invitation": town.invitation}
    ),
    "accept an invitation": Row(people.accept, SIGNED_IN, lambda town: {"token": town.token}),
    "erase Dan": Row(people.erase, DAN | THE_SERVER, lambda town: {"person": town.dan}),
}  # fmt: skip

GROUPS = {
    "start a group": Row(
        collectives.start, SIGNED_IN,
        lambda _: {"name": "New", "about": "", "place": Place.objects.first(), "themes": []},
    ),
    "edit the page": Row(
        collectives.edit, ADMINS, lambda town: {"collective": town.gardens, **PAGE}
    ),
    "set a goal": Row(
        collectives.add_goal, ADMINS,
        lambda town: {"collective": town.gardens, "title": "Mine", "amount": EUR("1")},
    ),
    "remove a goal": Row(collectives.remove_goal, ADMINS, lambda town: {"goal": town.goal}),
    "close a group": Row(
        collectives.close, ADMIN_OF_DRAFTS, lambda town: {"collective": town.draft}
    ),
    "say something": Row(
        conversations.say, SIGNED_IN, lambda _: {"subject": "thing:1", "body": "Hello"}
    ),
    "become a host": Row(
        hosting.become_host, SHOP, lambda town: {"organization": town.shop, **BANK}
    ),
    "change a host's terms": Row(
        hosting.edit_host, HOST,
        lambda town: {"host": town.host, "terms": "", "open_to_applications": False, **BANK},
    ),
    "ask a host": Row(
        hosting.apply, ADMIN_OF_DRAFTS,
        lambda town: {"collective": town.draft, "host": town.other_host, "message": "Hello"},
    ),
    "take a request back": Row(
        hosting.withdraw, ADMIN_OF_DRAFTS, lambda town: {"application": town.application}
    ),
    "ask about a request": Row(
        hosting.ask, HOST, lambda town: {"application": town.application, "question": "Who?"}
    ),
    "answer what a host asks": Row(
        hosting.answer, ADMIN_OF_DRAFTS,
        lambda town: {"application": town.application, "message": "We."},
    ),
    "accept a request": Row(
        hosting.approve, HOST, lambda town: {"application": town.application}
    ),
    "decline a request": Row(
        hosting.decline, HOST, lambda town: {"application": town.application, "reason": "No."}
    ),
    "agree on a fee": Row(
        hosting.agree_fee, HOST, lambda town: {"hosting": town.hosting, "fee_ppm": 0}
    ),
    "end a hosting": Row(
        hosting.leave, ADMIN_OF_DRAFTS | HOST, lambda town: {"hosting": town.empty}
    ),
    "bring a history into the group": Row(
        importing.import_open_collective_csv, HOST | THE_SERVER,
        lambda town: {"file": EXPORT, "collective": town.gardens.slug},
    ),
    "bring a history to the host": Row(
        importing.import_open_collective_csv, HOST | THE_SERVER,
        lambda town: {"file": EXPORT, "collective": "from-afar", "host": town.host.party.slug},
    ),
}  # fmt: skip

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

NEWS = {
    "write an update": Row(
        knowledge.write_update, WRITERS,
        lambda town: {"collective": town.gardens, "title": "Sun", "body": "It shines."},
    ),
    "edit an update": Row(
        knowledge.edit_update, WRITERS,
        lambda town: {"update": town.update, "title": "Sun", "body": "It shines."},
    ),
    "publish an update": Row(
        knowledge.publish_update, WRITERS, lambda town: {"update": town.update}
    ),
    "remove an update": Row(knowledge.remove_update, WRITERS, lambda town: {"update": town.update}),
}  # fmt: skip

TABLE = PEOPLE | GROUPS | GIFTS | EXPENSES | NEWS

# These ask nobody who may: whoever calls them has. Each with who that is.
CALLED_BY_OTHER_ACTIONS = {
    "activity.record": "each action writes down what it did, after it has asked who may",
    "activity.forget_words": "people.erase, which only oneself may ask for",
    "collectives.publish": "hosting.approve, in the same transaction",
    "giving.fail": "giving.hear and giving.tasks: the rail says that no money comes",
    "giving.hear": "the worker, which reads the news that a rail has signed",
    "giving.settle": "giving.tasks, after the rail says that the money is here; it is idempotent",
    "payments.ask_back": "giving.refund",
    "payments.capture": "giving.confirm_transfer and giving.hear",
    "payments.confirm_back": "giving.confirm_refund and giving.hear",
    "payments.confirm_payout": "spending.mark_paid",
    "payments.fail": "giving.cancel and giving.fail",
    "payments.hold_payout": "spending.pay",
    "payments.mark_read": "giving.hear and giving.tasks",
    "payments.mark_settled": "giving.settle",
    "payments.note_step": "payments.tasks: what a rail wants the giver to do next",
    "payments.receive": "payments.tasks: what a rail sent, with its signature checked",
    "payments.return_payout": "spending.return_payment",
    "payments.start_charge": "giving.pledge",
    "people.add_party": "people.sign_up, people.ensure_guest and all that found something",
    "people.end_membership": "people.leave and people.erase",
    "people.hold_role": "people.grant and collectives.start",
    "people.sound_alarm": "the worker and check-books, with what an audit found",
}
