"""Wishing to be asked, asking, answering and refusing."""

from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.rules import Terms
from policies.rows.row import ADMINS, DAN, HOST, SHOP, THE_SERVER, Row

TERMS = Terms("any", ("money",))

REACHING = {
    "let groups ask Dan": Row(
        knowledge.open_wish, DAN,
        lambda town: {"party": town.dan, "terms": TERMS, "place": None},
    ),
    "let groups ask the shop": Row(
        knowledge.open_wish, SHOP,
        lambda town: {"party": town.shop, "terms": TERMS, "place": None},
    ),
    "let nobody ask the shop": Row(
        knowledge.close_wish, SHOP, lambda town: {"party": town.shop}
    ),
    "ask Mona": Row(
        knowledge.ask, ADMINS,
        lambda town: {
            "collective": town.gardens, "whom": town.reaching.mona, "words": "Come and dig.",
        },
    ),
    "answer for Dan": Row(
        knowledge.answer_ask, DAN, lambda town: {"ask": town.reaching.to_dan, "words": "Yes."}
    ),
    "answer for the shop": Row(
        knowledge.answer_ask, SHOP, lambda town: {"ask": town.reaching.to_shop, "words": "Yes."}
    ),
    "refuse for Dan": Row(
        knowledge.refuse_asks, DAN, lambda town: {"ask": town.reaching.to_dan}
    ),
    "report the letter to the shop": Row(
        knowledge.report_ask, SHOP, lambda town: {"ask": town.reaching.to_shop}
    ),
    "stop a group's letters": Row(
        knowledge.pause_asking, HOST, lambda town: {"collective": town.gardens}
    ),
    "let a group write again": Row(
        knowledge.allow_asking, HOST, lambda town: {"collective": town.reaching.paused}
    ),
    "forget what Dan wished and was written": Row(
        knowledge.forget_asks, DAN | THE_SERVER, lambda town: {"person": town.dan}
    ),
}  # fmt: skip
