"""Calls for help, from the first word to the answer that is taken back."""

from datetime import timedelta

import pytest

from asking import accepted, asked, need
from cast import person
from commonweal.activity.models import Fact
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.knowledge import actions, queries
from commonweal.knowledge.models import Answer, Call
from commonweal.knowledge.queries import CallSearch
from commonweal.people import actions as people
from commonweal.people.models import Party


def found(**search):
    return [call.title for call in queries.look_for_calls(CallSearch(**search))]


def test_a_call_is_over_by_itself_after_its_day(gardens, bob):
    call = asked(gardens, bob)
    assert list(queries.open_calls(gardens)) == [call]
    assert queries.asking([gardens.pk]) == set(queries.groups_that_ask()) == {gardens.pk}

    with clock.moved_to(clock.now() + timedelta(days=8)):
        assert list(queries.open_calls(gardens)) == []
        assert queries.asking([gardens.pk]) == set()
        with pytest.raises(actions.NotAsked):
            actions.answer_call(call=call, words="I can.", quantity=1, by=bob)


def test_a_call_is_found_by_its_words_kind_and_place_without_accents(gardens, bob, brussels):
    asked(gardens, bob, "Une écharpe")
    asked(gardens, bob, "Grants", kind="know_how", skills=("writing",))

    assert found(words="echarpe") == ["Une écharpe"]
    assert found(words="writing gardens") == ["Grants"]
    assert found(words="nobody") == []
    assert found(kind="vehicle") == ["Une écharpe"]
    assert found(place=brussels) == ["Une écharpe", "Grants"]
    assert queries.places_of_calls() == [brussels]


def test_pages_of_calls_follow_each_other_without_a_gap(gardens, bob):
    for number in range(5):
        asked(gardens, bob, str(number), needed_by=clock.today() + timedelta(days=number // 2))

    first = list(queries.look_for_calls(CallSearch())[:2])
    rest = found(after=queries.call_cursor(first[-1]))

    assert [call.title for call in first] + rest == ["0", "1", "2", "3", "4"]
    assert found(after="nonsense") == found()


def test_a_draft_that_asks_is_told_to_nobody(seedlings, bob, alice):
    call = asked(seedlings, bob)

    assert found() == []
    assert not Fact.objects.get(kind="call.written").public
    with pytest.raises(actions.NotAsked):
        actions.answer_call(call=call, words="I can.", quantity=1, by=alice)


def test_a_call_names_only_what_its_own_group_does(gardens, seedlings, bob):
    from commonweal.collectives import actions as collectives  # noqa: PLC0415

    event = collectives.plan_activity(
        collective=seedlings, kind="event", name="Open day", starts_on=clock.today(),
        ends_on=clock.today(), by=bob,
    )  # fmt: skip

    with pytest.raises(actions.NotOfThisGroup):
        actions.write_call(collective=gardens, need=need(), activity=event, by=bob)


def test_a_withdrawn_call_is_seen_no_more_and_stays_so(gardens, bob):
    call = actions.turn_call(call=asked(gardens, bob), to="withdrawn", by=bob)

    assert queries.call(gardens, call.pk) is None
    with pytest.raises(actions.NoWayBack):
        actions.turn_call(call=call, to="open", by=bob)


def test_what_is_accepted_is_promised_until_it_is_taken_back(gardens, bob, alice):
    call = asked(gardens, bob, quantity=2)
    answer = accepted(call, alice, bob)
    assert Call.objects.get().promised == 1
    assert list(queries.accepted_answers(gardens)) == [answer]

    actions.take_back_answer(answer=answer, by=alice)

    assert Call.objects.get().promised == 0
    assert Answer.objects.get().words == ""
    assert list(queries.accepted_answers(gardens)) == []


def test_nobody_answers_twice_but_after_taking_back(gardens, bob, alice):
    call = asked(gardens, bob)
    answer = actions.answer_call(call=call, words="I can.", quantity=1, by=alice)
    with pytest.raises(actions.AnsweredAlready):
        actions.answer_call(call=call, words="I really can.", quantity=1, by=alice)

    actions.take_back_answer(answer=answer, by=alice)

    assert actions.answer_call(call=call, words="I can.", quantity=1, by=alice).pk


def left(call, email="nour@example.org", name="Nour"):
    return actions.leave_answer(
        call=call, name=name, email=email, words="I can.", quantity=1, language="nl", by=None
    )


def test_a_guest_is_heard_when_the_address_is_proved(gardens, bob):
    answer = left(asked(gardens, bob))
    assert list(queries.waiting_answers(gardens)) == []
    assert not Fact.objects.filter(kind="answer.given").exists()
    assert not Party.objects.filter(name="Nour").exists()

    answer = actions.prove_answer(answer=answer, by=None)

    assert list(queries.waiting_answers(gardens)) == [answer]
    assert (answer.helper.name, answer.helper.language) == ("Nour", "nl")
    assert answer.email == ""
    with pytest.raises(actions.DecidedAlready):
        actions.prove_answer(answer=answer, by=None)


def test_a_proved_address_that_signs_in_is_that_person(gardens, bob, alice):
    answer = actions.prove_answer(answer=left(asked(gardens, bob), "Alice@example.org"), by=None)

    assert answer.helper == alice


def test_what_nobody_proved_is_forgotten_after_its_link(gardens, bob):
    answer = left(asked(gardens, bob))
    token = queries.answer_token(answer)
    assert queries.answer_by_token(token) == answer

    with clock.moved_to(clock.now() + timedelta(days=4)):
        assert queries.answer_by_token(token) is None
        assert actions.forget_unproved(by=None) == 1
    assert queries.answer_by_token("1:forged") is None


def test_nobody_of_the_team_says_yes_to_their_own_offer(gardens, bob):
    answer = actions.answer_call(call=asked(gardens, bob), words="I can.", quantity=1, by=bob)

    with pytest.raises(NotAllowed):
        actions.decide_answer(answer=answer, accept=True, by=bob)
    mona = person("Mona Sels")
    people.grant(person=mona, party=gardens.party, role="member", by=bob)
    actions.decide_answer(answer=answer, accept=False, note="We have one.", by=mona)
    with pytest.raises(actions.DecidedAlready):
        actions.decide_answer(answer=answer, accept=True, by=mona)
