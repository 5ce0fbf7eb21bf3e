"""Who may do what to tiers and contributions, as every role."""

import pytest

from commonweal.giving import policies
from commonweal.people import actions as people

ROLES = ["nobody", "alice", "bob", "carol", "dan", "hana", "guest"]

MAY = {
    "may_edit_tiers": {"bob"},
    "may_handle": {"carol", "hana"},
    "may_give_as_alice": {"alice"},
    "may_give_as_commons": {"hana"},
    "may_give_as_guest": {"nobody", "guest"},
    "may_cancel": {"alice"},
    "may_be_named": set(ROLES),
    "may_be_named_incognito": {"alice"},
}


@pytest.fixture
def everybody(request):
    return {"nobody": None} | {name: request.getfixturevalue(name) for name in ROLES[1:]}


@pytest.fixture
def answers(gardens, commons, alice, guest, promised):
    """Answer each question for a reader: about Gardens, its host, and a gift of Alice's."""
    gift, hidden = promised(), promised(incognito=True)
    return {
        "may_edit_tiers": lambda who: policies.may_edit_tiers(who, gardens),
        "may_handle": lambda who: policies.may_handle(who, commons),
        "may_give_as_alice": lambda who: policies.may_give_as(who, alice),
        "may_give_as_commons": lambda who: policies.may_give_as(who, commons.party),
        "may_give_as_guest": lambda who: policies.may_give_as(who, guest),
        "may_cancel": lambda who: policies.may_cancel(who, gift),
        "may_be_named": lambda who: policies.may_be_named(who, gift),
        "may_be_named_incognito": lambda who: policies.may_be_named(who, hidden),
    }


@pytest.mark.parametrize("question", MAY)
def test_each_question_is_answered_for_each_role(everybody, answers, question):
    allowed = {name for name, who in everybody.items() if answers[question](who)}

    assert allowed == MAY[question]


def test_nobody_gives_in_the_name_of_somebody_who_is_gone(alice):
    people.erase(person=alice, by=alice)
    alice.refresh_from_db()

    assert not policies.may_give_as(alice, alice)
    assert not policies.may_give_as(None, alice)
