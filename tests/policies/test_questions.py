"""Every policy, asked about everybody."""

from __future__ import annotations

import pytest

from policies import offered
from policies.questions import ASKED_ABOUT_A_PARTY, QUESTIONS
from policies.state import state
from policies.town import Town


@pytest.mark.parametrize("what", QUESTIONS)
def test_each_question_is_answered_for_everybody(what: str, moment: tuple[Town, str]) -> None:
    question, (here, before) = QUESTIONS[what], moment
    about = question.about(here)

    yes = {who for who, person in here.cast.items() if question.policy(person, *about)}

    assert yes == set(question.yes)
    assert state() == before


def test_every_policy_is_asked() -> None:
    asked = {offered.name_of(question.policy) for question in QUESTIONS.values()}

    assert asked | ASKED_ABOUT_A_PARTY == offered.policies()
