"""Every policy's question, about what it is asked, and for whom the answer is yes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from commonweal.banking import policies as banking
from commonweal.collectives import policies as collectives
from commonweal.conversations import policies as conversations
from commonweal.giving import policies as giving
from commonweal.hosting import policies as hosting
from commonweal.importing import policies as importing
from commonweal.knowledge import policies as knowledge
from commonweal.papers import policies as papers
from commonweal.payments import policies as payments
from commonweal.people import policies as people
from commonweal.people.models import Role
from commonweal.spending import policies as spending
from policies.rows.row import (
    ADMIN_OF_DRAFTS,
    ADMINS,
    ALL,
    AUTHOR,
    DAN,
    GUEST,
    HOST,
    IN_THE_KNOW,
    NO_ONE,
    PURSE,
    SHOP,
    SIGNED_IN,
    THE_SERVER,
    WRITERS,
)
from policies.town import Town

TEAM_OF_DRAFT = {"an admin", "a member", "a helper", "the group's accountant"}


@dataclass(frozen=True)
class Question:
    """A policy, who is answered yes, and what it is asked about in a town, after the person."""

    policy: Callable[..., bool]
    yes: Collection[str]
    about: Callable[[Town], tuple[Any, ...]]


QUESTIONS = {
    "is one of the group's": Question(
        people.has_role,
        ADMINS | {
            "a follower", "a backer", "a helper", "a member", "the group's accountant",
        },
        lambda town: (town.gardens,),
    ),
    "helps the group or gives to it": Question(
        people.has_role, {"a helper", "a backer"},
        lambda town: (town.gardens, Role.HELPER, Role.BACKER),
    ),
    "signs in": Question(people.signs_in, SIGNED_IN, lambda _: ()),
    "edits Dan": Question(people.may_edit, DAN, lambda town: (town.dan,)),
    "edits the group": Question(people.may_edit, ADMINS, lambda town: (town.gardens,)),
    "edits somebody erased": Question(
        people.may_edit, NO_ONE, lambda town: (town.cast["somebody erased"],)
    ),
    "gives roles": Question(people.may_give_roles, ADMINS, lambda town: (town.gardens,)),
    "makes Dan an admin": Question(
        people.may_grant, ADMINS, lambda town: (town.gardens, Role.ADMIN, town.dan)
    ),
    "makes Dan a backer": Question(
        people.may_grant, NO_ONE, lambda town: (town.gardens, Role.BACKER, town.dan)
    ),
    "lets Dan follow": Question(
        people.may_grant, DAN, lambda town: (town.gardens, Role.FOLLOWER, town.dan)
    ),
    "ends the membership of Mona": Question(
        people.may_end, ADMINS | {"a member"}, lambda town: (town.mona, town.gardens)
    ),
    "erases Dan": Question(people.may_erase, DAN, lambda town: (town.dan,)),
    "erases the shop": Question(people.may_erase, NO_ONE, lambda town: (town.shop,)),
    "starts a group": Question(collectives.may_start, SIGNED_IN, lambda _: ()),
    "runs the group": Question(collectives.may_run, ADMINS, lambda town: (town.gardens,)),
    "plans what the group does": Question(
        collectives.may_plan, WRITERS, lambda town: (town.gardens,)
    ),
    "writes updates": Question(knowledge.may_write, WRITERS, lambda town: (town.gardens,)),
    "answers a call for help": Question(
        knowledge.may_answer, SIGNED_IN | THE_SERVER, lambda town: (town.help.call,)
    ),
    "is whose help it is": Question(knowledge.is_helper, DAN, lambda town: (town.help.told,)),
    "decides about a member's offer": Question(
        knowledge.may_decide, ADMINS, lambda town: (town.help.of_member,)
    ),
    "says that they helped": Question(
        knowledge.may_tell_help, SIGNED_IN | {"a guest"}, lambda town: (town.gardens,)
    ),
    "says that they helped a draft": Question(
        knowledge.may_tell_help, NO_ONE, lambda town: (town.draft,)
    ),
    "thanks somebody": Question(knowledge.may_thank, WRITERS, lambda town: (town.gardens,)),
    "thanks somebody for a draft": Question(
        knowledge.may_thank, NO_ONE, lambda town: (town.draft,)
    ),
    "confirms a member's help": Question(
        knowledge.may_confirm_for_team, ADMINS, lambda town: (town.help.told_by_member,)
    ),
    "says that Dan did not help": Question(
        knowledge.may_decline_help, WRITERS | DAN, lambda town: (town.help.told,)
    ),
    "says that nobody helped": Question(
        knowledge.may_decline_help, WRITERS | THE_SERVER, lambda town: (town.help.thanked,)
    ),
    "wishes to be asked as Dan": Question(knowledge.may_wish, DAN, lambda town: (town.dan,)),
    "wishes to be asked as the shop": Question(
        knowledge.may_wish, SHOP, lambda town: (town.shop,)
    ),
    "wishes to be asked as a group": Question(
        knowledge.may_wish, NO_ONE, lambda town: (town.gardens.party,)
    ),
    "writes to people for the group": Question(
        knowledge.may_ask, ADMINS, lambda town: (town.gardens,)
    ),
    "reads and answers a letter to the shop": Question(
        knowledge.may_answer_ask, SHOP, lambda town: (town.reaching.to_shop,)
    ),
    "stops the letters of a group": Question(
        knowledge.may_pause, HOST, lambda town: (town.gardens,)
    ),
    "stops the letters of a group without a host": Question(
        knowledge.may_pause, NO_ONE, lambda town: (town.draft,)
    ),
    "sees the group": Question(collectives.may_see, ALL, lambda town: (town.gardens,)),
    "sees a draft": Question(
        collectives.may_see, TEAM_OF_DRAFT, lambda town: (town.application.collective,)
    ),
    "sees a draft that asks a host": Question(
        hosting.may_see, TEAM_OF_DRAFT | PURSE, lambda town: (town.application.collective,)
    ),
    "sees a draft that asks nobody": Question(
        hosting.may_see, ADMIN_OF_DRAFTS, lambda town: (town.draft,)
    ),
    "decides for the host": Question(hosting.may_decide, HOST, lambda town: (town.host,)),
    "handles the host's money": Question(
        hosting.may_handle_money, PURSE, lambda town: (town.host,)
    ),
    "reads what the host's bank says": Question(
        banking.may_handle, PURSE, lambda town: (town.host,)
    ),
    "brings a history along": Question(importing.may_import, HOST, lambda town: (town.host,)),
    "brings rates along": Question(importing.may_import_rates, THE_SERVER, lambda _: ()),
    "says something": Question(conversations.may_say, SIGNED_IN, lambda _: ()),
    "edits ways of giving": Question(
        giving.may_edit_tiers, ADMINS, lambda town: (town.gardens,)
    ),
    "gives as Dan": Question(giving.may_give_as, DAN, lambda town: (town.dan,)),
    "gives as the shop": Question(giving.may_give_as, SHOP, lambda town: (town.shop,)),
    "gives as the guest": Question(giving.may_give_as, GUEST, lambda town: (town.guest,)),
    "gives as somebody erased": Question(
        giving.may_give_as, NO_ONE, lambda town: (town.cast["somebody erased"],)
    ),
    "is said to give as the shop": Question(
        giving.may_speak_as, AUTHOR, lambda town: (town.cast["the author"], town.shop)
    ),
    "is said to give as the guest": Question(
        giving.may_speak_as, GUEST, lambda town: (town.guest, town.guest)
    ),
    "cancels a backer's promise": Question(
        giving.may_cancel, {"a backer"}, lambda town: (town.gifts["promised"],)
    ),
    "handles gifts": Question(giving.may_handle, PURSE, lambda town: (town.host,)),
    "learns who gave": Question(
        giving.may_be_named, ALL, lambda town: (town.gifts["promised"],)
    ),
    "learns who gave incognito": Question(
        giving.may_be_named, {"a backer"}, lambda town: (town.gifts["incognito"],)
    ),
    "asks for money": Question(spending.may_file, SIGNED_IN, lambda town: (town.gardens,)),
    "names the shop as who is paid": Question(
        spending.may_name_payee, SHOP, lambda town: (town.shop, town.gardens)
    ),
    "says where the shop is paid": Question(
        spending.may_say_where_paid, SHOP, lambda town: (town.shop,)
    ),
    "asks a draft for money": Question(spending.may_file, NO_ONE, lambda town: (town.draft,)),
    "reads an expense": Question(
        spending.may_see, ALL, lambda town: (town.expenses["submitted"],)
    ),
    "reads the draft of an expense": Question(
        spending.may_see, AUTHOR, lambda town: (town.expenses["draft"],)
    ),
    "filed it or is paid": Question(
        spending.is_own, SHOP, lambda town: (town.expenses["submitted"],)
    ),
    "edits an expense": Question(
        spending.may_edit, AUTHOR, lambda town: (town.expenses["submitted"],)
    ),
    "agrees to an expense": Question(
        spending.may_approve, {"an admin"}, lambda town: (town.expenses["submitted"],)
    ),
    "says no to an expense": Question(
        spending.may_decline, {"an admin"} | PURSE, lambda town: (town.expenses["submitted"],)
    ),
    "pays an expense": Question(
        spending.may_pay, PURSE, lambda town: (town.expenses["approved"],)
    ),
    "says what a group asks before it pays": Question(
        spending.may_set_expense_terms, ADMINS, lambda town: (town.gardens,)
    ),
    "chooses what is paid together": Question(
        spending.may_prepare, PURSE, lambda town: (town.host,)
    ),
    "lets a pay run go": Question(
        spending.may_release, PURSE, lambda town: (town.runs["prepared"],)
    ),
    "chooses what to collect": Question(
        payments.may_collect, PURSE, lambda town: (town.host,)
    ),
    "lets a collection run go": Question(
        payments.may_release, PURSE, lambda town: (town.debits.prepared,)
    ),
    "says how a host collects": Question(
        payments.may_set_terms, HOST, lambda town: (town.host,)
    ),
    "says how a host pays": Question(spending.may_set_terms, HOST, lambda town: (town.host,)),
    "sees receipts": Question(
        spending.may_see_private, IN_THE_KNOW, lambda town: (town.expenses["submitted"],)
    ),
    "sees receipts of a draft": Question(
        spending.may_see_private, AUTHOR, lambda town: (town.expenses["draft"],)
    ),
    "says how the host stands on papers": Question(
        papers.may_set_imprint, HOST, lambda town: (town.host,)
    ),
    "gives out donation receipts": Question(
        papers.may_give_out, PURSE, lambda town: (town.host,)
    ),
    "has the papers of Dan": Question(papers.may_have, DAN, lambda town: (town.dan,)),
    "has the receipt of a backer's gift": Question(
        papers.may_have_receipt, {"a backer"}, lambda town: (town.gifts["settled"],)
    ),
    "has the receipt of a gift whose address they have": Question(
        papers.may_have_receipt, ALL,
        lambda town: (town.gifts["settled"], town.gifts["settled"].secret),
    ),
    "has the receipt of a guest's gift with another address": Question(
        papers.may_have_receipt, NO_ONE,
        lambda town: (town.gifts["a guest's"], town.gifts["settled"].secret),
    ),
    "opens a backer's paper": Question(
        papers.may_open, PURSE | {"a backer"},
        lambda town: (town.papers.of_backer, town.papers.of_backer.secret),
    ),
    "opens a guest's paper with its address": Question(
        papers.may_open, ALL, lambda town: (town.papers.of_guest, town.papers.of_guest.secret)
    ),
    "opens a guest's paper without it": Question(
        papers.may_open, PURSE, lambda town: (town.papers.of_guest,)
    ),
}  # fmt: skip

# This one is about a party, not about who asks.
ASKED_ABOUT_A_PARTY = {"giving.is_guest"}
