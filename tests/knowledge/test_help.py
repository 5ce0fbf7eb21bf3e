"""Help given: it counts when two have confirmed it, and never alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from asking import accepted, asked, counted, gave
from cast import person
from commonweal.activity.models import Fact
from commonweal.collectives import actions as collectives
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.knowledge import actions, queries
from commonweal.knowledge.models import Answer, HelpGiven
from commonweal.people import actions as people
from commonweal.people.models import Party


@pytest.fixture
def mona(gardens, bob):
    mona = person("Mona Sels")
    people.grant(person=mona, party=gardens.party, role="member", by=bob)
    return mona


def status(given):
    return HelpGiven.objects.get(pk=given.pk).status


def said_by(who, gardens, alice, bob):
    """Return help of Alice's that one side has said."""
    if who == "helper":
        return actions.tell_help(collective=gardens, given=gave(), by=alice)
    return actions.thank_for(answer=accepted(asked(gardens, bob), alice, bob), given=gave(), by=bob)


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("helper", "", "waiting"),
        ("team", "", "waiting"),
        ("helper", "helper", "refused"),
        ("team", "team", "refused"),
        ("helper", "team", "counted"),
        ("team", "helper", "counted"),
        ("helper", "stranger", "refused"),
        ("team", "stranger", "refused"),
        ("helper", "team says no", "declined"),
        ("team", "helper says no", "declined"),
    ],
)
def test_help_counts_when_the_giver_and_another_one_say_so(
    first, second, outcome, gardens, alice, bob, dan
):
    given = said_by(first, gardens, alice, bob)
    steps = {
        "helper": lambda: actions.confirm_own_help(given=given, named=True, by=alice),
        "team": lambda: actions.confirm_help(given=given, by=bob),
        "stranger": lambda: actions.confirm_help(given=given, by=dan),
        "team says no": lambda: actions.decline_help(given=given, by=bob),
        "helper says no": lambda: actions.decline_help(given=given, by=alice),
    }

    if outcome == "refused":
        with pytest.raises((NotAllowed, actions.NotWaiting)):
            steps[second]()
    elif second:
        steps[second]()

    assert status(given) == ("waiting" if outcome == "refused" else outcome)
    assert bool(queries.given_to_groups([gardens.pk])) == (outcome == "counted")


def test_who_helps_their_own_group_needs_another_one_of_the_team(gardens, bob, mona):
    given = actions.tell_help(collective=gardens, given=gave(), by=bob)
    for alone in (actions.confirm_help, actions.decline_help):
        if alone is actions.confirm_help:
            with pytest.raises(NotAllowed):
                alone(given=given, by=bob)

    actions.confirm_help(given=given, by=mona)

    assert status(given) == "counted"


def test_the_database_lets_nobody_confirm_alone(gardens, bob, alice):
    given = actions.tell_help(collective=gardens, given=gave(), by=alice)

    for wrong in ({"team_by": alice}, {"status": "counted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpGiven.objects.filter(pk=given.pk).update(**wrong)


def thanked(gardens, by, email="nour@example.org"):
    return actions.thank(collective=gardens, given=gave(), name="Nour", email=email, by=by)


def test_somebody_without_a_login_confirms_by_the_link_of_a_letter(gardens, bob):
    given = thanked(gardens, bob)
    assert not Party.objects.filter(name="Nour").exists()
    assert queries.given_by_token(queries.given_token(given)) == given

    given = actions.prove_help(given=given, named=True, by=None)

    assert (given.status, given.helper.name, given.email) == ("counted", "Nour", "")
    assert queries.thanks(gardens, most=5)[0].helper == given.helper


def test_who_was_thanked_and_says_no_leaves_no_address_behind(gardens, bob):
    given = actions.decline_help(given=thanked(gardens, bob), by=None)

    assert (given.status, given.name, given.email) == ("declined", "", "")
    with pytest.raises(actions.NotWaiting):
        actions.prove_help(given=given, named=True, by=None)


def test_nobody_thanks_themselves_through_a_second_address(gardens, bob, mona):
    with pytest.raises(actions.YourOwnHelp):
        thanked(gardens, bob, "bob@example.org")
    given = thanked(gardens, bob, "bob.at.home@example.org")
    bob.login.email = "bob.at.home@example.org"
    bob.login.save()

    actions.prove_help(given=given, named=True, by=None)
    assert status(given) == "waiting"
    actions.confirm_help(given=given, by=mona)

    assert status(given) == "counted"


def test_a_name_is_shown_only_as_long_as_its_owner_wants(gardens, bob, alice):
    given = counted(gardens, alice, bob)
    assert queries.thanks(gardens, most=5)[0].helper == alice

    actions.name_help(given=given, named=False, by=alice)
    assert queries.thanks(gardens, most=5)[0].helper is None
    with pytest.raises(NotAllowed):
        actions.name_help(given=given, named=True, by=bob)
    actions.take_back_help(given=given, by=alice)

    assert queries.thanks(gardens, most=5) == []
    assert HelpGiven.objects.get().what == ""


def test_what_was_not_taken_up_is_thanked_for_by_nobody(gardens, bob, alice):
    answer = actions.answer_call(call=asked(gardens, bob), words="I can.", quantity=1, by=alice)

    with pytest.raises(actions.NotTakenUp):
        actions.thank_for(answer=answer, given=gave(), by=bob)
    with pytest.raises(actions.NotTakenUp):
        actions.tell_help_of(answer=answer, given=gave(), by=alice)


def test_help_is_added_up_by_kind_for_a_group_and_for_what_it_does(
    gardens, bob, alice, dan, django_assert_num_queries
):
    event = collectives.plan_activity(
        collective=gardens, kind="event", name="Open day", starts_on=clock.today(),
        ends_on=clock.today(), by=bob,
    )  # fmt: skip
    for helper, kind in ((alice, "time"), (dan, "time"), (dan, "vehicle")):
        told = actions.tell_help(collective=gardens, given=gave(kind, 2), activity=event, by=helper)
        actions.confirm_help(given=told, by=bob)
    with clock.moved_to(clock.now() - timedelta(days=400)):
        counted(gardens, dan, bob, quantity=9)

    with django_assert_num_queries(2):
        groups = queries.given_to_groups([gardens.pk, 0])
        activities = queries.given_to_activities([event.pk])

    sums = [(one.kind, one.quantity, one.unit, one.times) for one in groups[gardens.pk]]
    assert sums == [("time", 4, "hours", 2), ("vehicle", 2, "days", 1)]
    assert activities[event.pk] == groups[gardens.pk]


def test_that_help_counts_is_public_and_who_gave_it_is_not(gardens, bob, alice):
    counted(gardens, alice, bob, named=False)

    public = Fact.objects.filter(kind__startswith="help.", public=True)
    assert [(fact.kind, fact.by_id) for fact in public] == [("help.counted", bob.pk)]


def test_an_erased_person_leaves_hours_behind_and_nothing_else(gardens, bob, alice):
    given = counted(gardens, alice, bob)
    answer = accepted(asked(gardens, bob), alice, bob)
    waiting = actions.thank_for(answer=answer, given=gave(), by=bob)
    thanked(gardens, bob, "alice@example.org")

    actions.forget_help(person=alice, addresses={"ALICE@example.org"}, by=alice)
    people.erase(person=alice, by=alice)

    assert queries.given_to_groups([gardens.pk])[gardens.pk][0].quantity == 3
    assert queries.thanks(gardens, most=5)[0].helper is None
    assert (status(given), status(waiting)) == ("counted", "taken back")
    assert HelpGiven.objects.exclude(email="").count() == 0
    assert set(HelpGiven.objects.values_list("what", flat=True)) == {""}
    assert set(Answer.objects.values_list("words", "status")) == {("", "taken back")}
    assert asked(gardens, bob).promised == 0
