"""Calls for help, the answers to them, and help given."""

from asking import gave, need
from commonweal.knowledge import actions as knowledge
from policies.rows.row import DAN, SIGNED_IN, THE_SERVER, WRITERS, Row

NAMED = {"name": "Noor", "email": "noor@example.org"}

HELP = {
    "call for help": Row(
        knowledge.write_call, WRITERS,
        lambda town: {"collective": town.gardens, "need": need()},
    ),
    "change a call": Row(
        knowledge.edit_call, WRITERS,
        lambda town: {"call": town.help.call, "need": need("A large van")},
    ),
    "say that a call is filled": Row(
        knowledge.turn_call, WRITERS, lambda town: {"call": town.help.call, "to": "filled"}
    ),
    "answer a call": Row(
        knowledge.answer_call, SIGNED_IN,
        lambda town: {"call": town.help.unanswered, "words": "I can.", "quantity": 1},
    ),
    "leave an answer": Row(
        knowledge.leave_answer, THE_SERVER,
        lambda town: {"call": town.help.call, "words": "I can.", "quantity": 1, **NAMED},
    ),
    "prove the address of an answer": Row(
        knowledge.prove_answer, THE_SERVER, lambda town: {"answer": town.help.unproved}
    ),
    "say yes to an answer": Row(
        knowledge.decide_answer, WRITERS,
        lambda town: {"answer": town.help.waiting, "accept": True},
    ),
    "say yes to a member's answer": Row(
        knowledge.decide_answer, WRITERS - {"a member"},
        lambda town: {"answer": town.help.of_member, "accept": True},
    ),
    "take Dan's answer back": Row(
        knowledge.take_back_answer, DAN, lambda town: {"answer": town.help.waiting}
    ),
    "take a guest's answer back": Row(
        knowledge.take_back_answer, {"a guest"}, lambda town: {"answer": town.help.of_guest}
    ),
    "thank somebody": Row(
        knowledge.thank, WRITERS,
        lambda town: {"collective": town.gardens, "given": gave(), **NAMED},
    ),
    "thank for an answer": Row(
        knowledge.thank_for, WRITERS,
        lambda town: {"answer": town.help.of_guest, "given": gave()},
    ),
    "say that one helped": Row(
        knowledge.tell_help, SIGNED_IN | {"a guest"},
        lambda town: {"collective": town.gardens, "given": gave()},
    ),
    "say that one gave what one offered": Row(
        knowledge.tell_help_of, {"a guest"},
        lambda town: {"answer": town.help.of_guest, "given": gave()},
    ),
    "confirm Dan's help for the team": Row(
        knowledge.confirm_help, WRITERS, lambda town: {"given": town.help.told}
    ),
    "confirm a member's help for the team": Row(
        knowledge.confirm_help, WRITERS - {"a member"},
        lambda town: {"given": town.help.told_by_member},
    ),
    "confirm that one helped": Row(
        knowledge.confirm_own_help, {"a guest"},
        lambda town: {"given": town.help.said, "named": True},
    ),
    "confirm by the link of a letter": Row(
        knowledge.prove_help, THE_SERVER,
        lambda town: {"given": town.help.thanked, "named": True},
    ),
    "say that Dan did not help": Row(
        knowledge.decline_help, WRITERS | DAN, lambda town: {"given": town.help.told}
    ),
    "say that one did not help": Row(
        knowledge.decline_help, WRITERS | THE_SERVER, lambda town: {"given": town.help.thanked}
    ),
    "be thanked by name": Row(
        knowledge.name_help, DAN, lambda town: {"given": town.help.told, "named": True}
    ),
    "take Dan's help back": Row(
        knowledge.take_back_help, DAN, lambda town: {"given": town.help.told}
    ),
    "get no more letters about help": Row(
        knowledge.set_help_letters, WRITERS,
        lambda town: {"collective": town.gardens, "wanted": False},
    ),
    "forget Dan's help": Row(
        knowledge.forget_help, THE_SERVER | DAN,
        lambda town: {"person": town.dan, "addresses": ["dan@example.org"]},
    ),
}  # fmt: skip
