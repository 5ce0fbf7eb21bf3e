"""Groups ask whoever wishes it, within their limits; a no is a no."""

from datetime import timedelta

import pytest

from cast import person, start
from commonweal.activity.models import Fact
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosts
from commonweal.knowledge import actions, queries, rules
from commonweal.knowledge.models import Ask, Wish
from commonweal.people import actions as people
from commonweal.people.models import Role
from people.test_erasure import where_written
from wishing import GARDEN, known_for_long, wishes

SECRET = "We need a zzyzx on Saturday."


@pytest.fixture
def group(gardens):
    return known_for_long(gardens)


@pytest.fixture
def letter(group, alice, bob):
    wishes(alice)
    return actions.ask(collective=group, whom=alice, words=SECRET, by=bob)


def refused(refusal, **given):
    with pytest.raises(refusal):
        actions.ask(words="Come and help.", **given)


def test_nobody_is_asked_who_did_not_say_so(group, alice, bob):
    refused(rules.NoWish, collective=group, whom=alice, by=bob)
    wishes(alice)
    actions.close_wish(party=alice, by=alice)

    refused(rules.NoWish, collective=group, whom=alice, by=bob)
    assert Wish.objects.get().gives == ["time"]


def test_only_the_admins_of_a_public_hosted_group_ask(group, seedlings, alice, bob, dan, hana):
    wishes(alice)

    refused(NotAllowed, collective=group, whom=alice, by=dan)
    refused(rules.NotOpenYet, collective=seedlings, whom=alice, by=bob)
    hosting.leave(hosting=hosts.current(group), by=bob)
    refused(rules.NotOpenYet, collective=group, whom=alice, by=bob)


def test_a_group_that_is_new_waits_two_days(gardens, alice, bob):
    wishes(alice)
    refused(rules.TooNew, collective=gardens, whom=alice, by=bob)

    with clock.moved_to(clock.now() + rules.FIRST_AFTER):
        actions.ask(collective=gardens, whom=alice, words="Come and help.", by=bob)


def test_an_organization_is_asked_where_its_admins_wish_it(group, harbour_of_dan, bob, dan, alice):
    with pytest.raises(NotAllowed):
        wishes(harbour_of_dan, by=alice)
    wishes(harbour_of_dan, by=dan)

    letter = actions.ask(collective=group, whom=harbour_of_dan, words="Paint, please.", by=bob)

    with pytest.raises(NotAllowed):
        actions.answer_ask(ask=letter, words="Yes", by=alice)
    assert actions.answer_ask(ask=letter, words="Yes", by=dan).answered_by == dan


@pytest.fixture
def harbour_of_dan(dan):
    return people.create_organization(name="Harbour", by=dan)


def test_a_group_does_not_wish_to_be_asked(group, bob):
    with pytest.raises(NotAllowed):
        wishes(group.party, by=bob)


def test_nobody_gets_more_letters_a_month_than_they_wish(group, alice, bob, brussels):
    wishes(alice, most_a_month=1)
    actions.ask(collective=group, whom=alice, words="Come and help.", by=bob)
    other = like(group, bob, brussels)

    refused(rules.HadEnough, collective=other, whom=alice, by=bob)
    refused(rules.AskedLately, collective=group, whom=alice, by=bob)
    with clock.moved_to(clock.now() + rules.MONTH):
        actions.ask(collective=other, whom=alice, words="Come and help.", by=bob)
        refused(rules.AskedLately, collective=group, whom=alice, by=bob)
    with clock.moved_to(clock.now() + rules.AGAIN_AFTER):
        actions.ask(collective=group, whom=alice, words="Come again.", by=bob)


def like(group, bob, brussels, name="Orchard"):
    """Return another long-known group of Bob's at the same host."""
    other = start(bob, brussels, name)
    hosted = hosts.current(group)
    asked = hosting.apply(collective=other, host=hosted.host, message="Hello", by=bob)
    hosting.approve(application=asked, by=hosted.host.party.members.get(role="admin").person)
    return known_for_long(other)


def test_five_letters_a_day_are_enough(group, bob):
    known = [person(name) for name in ("Ann", "Ben", "Cyd", "Don", "Eva", "Flo")]
    for one in known:
        wishes(one)
    for one in known[:5]:
        actions.ask(collective=group, whom=one, words="Come and help.", by=bob)

    refused(rules.EnoughToday, collective=group, whom=known[5], by=bob)


def test_a_no_lasts(group, letter, alice, bob):
    actions.refuse_asks(ask=letter, by=alice)
    actions.refuse_asks(ask=letter, by=alice)

    with clock.moved_to(clock.now() + timedelta(days=999)):
        refused(rules.NoWish, collective=group, whom=alice, by=bob)
    assert Wish.objects.get().open
    with pytest.raises(actions.WasRefused):
        actions.answer_ask(ask=letter, words="Yes after all", by=alice)


def test_a_no_to_everybody_closes_the_wish(letter, alice, dan):
    with pytest.raises(NotAllowed):
        actions.refuse_asks(ask=letter, by=dan, everybody=True)

    actions.refuse_asks(ask=letter, by=alice, everybody=True)

    assert not Wish.objects.get().open


def test_a_letter_is_answered_once(letter, alice):
    actions.answer_ask(ask=letter, words="With pleasure.", by=alice)

    with pytest.raises(actions.AlreadyAnswered):
        actions.answer_ask(ask=letter, words="Again", by=alice)


def test_two_reports_pause_a_group_until_its_host_allows_it_again(
    group, letter, alice, bob, dan, hana
):
    wishes(dan)
    actions.report_ask(ask=letter, by=alice)
    actions.report_ask(ask=letter, by=alice)
    other = actions.ask(collective=group, whom=dan, words="You there!", by=bob)
    actions.report_ask(ask=other, by=dan)
    eve = person("Eve")
    wishes(eve)

    refused(rules.Paused, collective=group, whom=eve, by=bob)
    with pytest.raises(NotAllowed):
        actions.allow_asking(collective=group, by=bob)
    actions.allow_asking(collective=group, by=hana)

    third = actions.ask(collective=group, whom=eve, words="Sorry. Come and help?", by=bob)
    actions.report_ask(ask=third, by=eve)
    assert not queries.is_paused(group)
    actions.pause_asking(collective=group, by=hana)
    actions.pause_asking(collective=group, by=hana)
    assert queries.is_paused(group)


@pytest.mark.parametrize(
    ("from_whom", "terms", "at", "asks"),
    [
        ("any", {}, "", True),
        ("themes", {"themes": (GARDEN, "music")}, "", True),
        ("themes", {"themes": ("music",)}, "", False),
        ("near", {"within_km": 5}, "brussels", True),
        ("near", {"within_km": 5}, "gent", False),
        ("near", {"within_km": 50}, "gent", True),
    ],
)
def test_only_the_groups_that_somebody_chose_may_ask(from_whom, terms, at, asks, group, alice, bob):
    from commonweal.discovery.queries import might_back  # noqa: PLC0415 - what is shown agrees
    from commonweal.places.models import Place  # noqa: PLC0415

    wishes(alice, from_whom, place=Place.objects.filter(slug=at).first(), **terms)
    group = Collective.objects.select_related("place").get(pk=group.pk)

    shown = [one.party.pk for one in might_back(group, [GARDEN])]

    assert shown == ([alice.pk] if asks else [])
    if asks:
        actions.ask(collective=group, whom=alice, words="Come and help.", by=bob)
        assert might_back(group, [GARDEN]) == []
    else:
        refused(rules.NoWish, collective=group, whom=alice, by=bob)


def test_unknown_themes_are_left_out(alice):
    wish = wishes(alice, themes=(GARDEN, "no-such-theme"), sentence="  I can \n sew ")

    assert wish.themes == [GARDEN]
    assert wish.sentence == "I can sew"


def test_words_of_letters_stand_in_no_journal(letter, alice):
    actions.answer_ask(ask=letter, words="Zzyzx, with pleasure.", by=alice)
    actions.refuse_asks(ask=letter, by=alice)
    facts = Fact.objects.filter(subject=f"ask:{letter.pk}")

    assert set(where_written("zzyzx")) == {"knowledge_ask.words", "knowledge_ask.answer"}
    assert {fact.kind for fact in facts} == {"ask.sent", "ask.answered", "ask.refused"}
    assert not any(fact.public or fact.note or fact.data for fact in facts)


def test_who_is_erased_leaves_no_wish_and_no_words(group, letter, alice, bob, dan, brussels):
    wishes(alice, "near", place=brussels, sentence="A zzyzx of mine.")
    actions.answer_ask(ask=letter, words="Zzyzx, with pleasure.", by=alice)
    with pytest.raises(NotAllowed):
        actions.forget_asks(person=alice, by=dan)

    actions.forget_asks(person=alice, by=alice)

    assert where_written("zzyzx") == []
    assert not Wish.objects.exists()
    assert Ask.objects.get().sent_at


def test_the_words_of_an_erased_author_go_too(group, letter, bob):
    actions.forget_asks(person=bob, by=None)

    assert where_written("zzyzx") == []


def test_a_bad_letter_changes_nothing(group, alice, bob):
    wishes(alice)
    with pytest.raises(Refused):
        actions.ask(collective=group, whom=alice, words="See https://bad.example", by=bob)

    assert not Ask.objects.exists()


def test_somebody_erased_is_asked_by_nobody(group, alice, bob):
    wishes(alice)
    people.erase(person=alice, by=alice)

    refused(rules.NoWish, collective=group, whom=alice, by=bob)


def test_links_that_nobody_signed_or_of_somebody_who_left_refuse_nothing(
    group, harbour_of_dan, dan, bob, alice
):
    wishes(harbour_of_dan, by=dan)
    letter = actions.ask(collective=group, whom=harbour_of_dan, words="Paint, please.", by=bob)
    token = queries.refuse_token(letter, dan)
    assert queries.refusing_by_token(token) == (letter, dan)
    assert queries.refusing_by_token("forged") is None

    people.grant(person=alice, party=harbour_of_dan, role=Role.ADMIN, by=dan)
    people.leave(person=dan, party=harbour_of_dan, role=Role.ADMIN, by=dan)

    assert queries.refusing_by_token(token) is None
