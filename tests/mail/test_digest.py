"""One letter a week: to whom, about what, and each once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from commonweal.collectives import actions as collectives
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.knowledge import actions as knowledge
from commonweal.ledger.actions import advance
from commonweal.mail import digest, reader
from commonweal.mail.models import Digest, Letter
from commonweal.people import actions as people
from commonweal.people.models import Contact, Instance, Party, Role
from commonweal.people.queries import has_role
from giving.conftest import arrived, promised  # noqa: F401 - gifts that came
from web.conftest import till  # noqa: F401 - money that moves

MONDAY = date(2026, 6, 8)
LAST_WEEK = MONDAY - timedelta(days=4)


@pytest.fixture
def week(gardens, alice, time_machine):
    """Let Alice hear once a week of Gardens; today is a Monday."""
    follow(alice, gardens)
    people.edit_profile(party=alice, rhythm="weekly", by=alice)
    at(LAST_WEEK, time_machine)
    return gardens


def at(day, time_machine):
    time_machine.move_to(f"{day.isoformat()}T06:00:00Z", tick=False)


def follow(person, group):
    people.grant(person=person, party=group.party, role=Role.FOLLOWER, by=person)


def tell(group, by, title="Harvest"):
    update = knowledge.write_update(collective=group, title=title, body="Tomatoes.", by=by)
    return knowledge.publish_update(update=update, by=by)


def letters():
    """Send what waits; return the letters about weeks."""
    while reader.read():
        pass
    return [one for one in mail.outbox if "the week of" in one.subject]


def test_a_follower_gets_one_letter_about_the_week_and_no_update_at_once(
    week, alice, bob, time_machine, settings
):
    tell(week, bob)
    tell(week, bob, "Honey")
    collectives.plan_activity(
        collective=week, kind=Party.Kind.EVENT, name="Seed swap", starts_on=MONDAY,
        ends_on=MONDAY, by=bob,
    )  # fmt: skip
    assert not [one for one in mail.outbox if "Harvest" in one.subject]
    at(MONDAY, time_machine)

    assert digest.tell_the_week() == 1
    assert digest.tell_the_week() == 0

    [letter] = letters()
    assert letter.to == ["alice@example.org"]
    assert letter.subject == "Gardens: the week of 1 June"
    for sight in ("Update: Harvest", "Update: Honey", "/gardens/updates/2", "New: Seed swap"):
        assert sight in letter.body, sight
    assert "Tomatoes" not in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop.startswith(f"{settings.ADDRESS}/updates/stop/")
    assert stop in letter.body


def test_money_of_the_week_and_a_goal_it_took_over_the_line_are_told(
    week, till, arrived, bob, time_machine  # noqa: F811
):  # fmt: skip
    collectives.add_goal(collective=week, title="A shed", amount=Money(50_00, "EUR"), by=bob)
    arrived("30.00")
    at(MONDAY - timedelta(days=1), time_machine)
    arrived("25.00")
    till.expense(12_50)
    at(MONDAY, time_machine)
    arrived("99.00")
    while advance():
        pass

    digest.tell_the_week()

    [letter] = letters()
    for sight in (
        "2 gifts brought €55.00.",
        "€12.50 was paid for expenses.",
        "Goal reached: A shed",
    ):
        assert sight in letter.body, sight
    time_machine.move_to("2026-06-15T06:00:00Z", tick=False)
    digest.tell_the_week()
    assert "Goal reached" not in letters()[-1].body


def test_a_week_in_which_nothing_happened_makes_no_letter(week, time_machine):
    at(MONDAY, time_machine)

    assert digest.tell_the_week() == 0
    assert letters() == []


@pytest.mark.parametrize("rhythm", ["at_once", "never"])
def test_whoever_did_not_ask_for_the_week_gets_no_letter_about_it(
    week, alice, bob, time_machine, rhythm
):
    people.edit_profile(party=alice, rhythm=rhythm, by=alice)
    tell(week, bob)
    while reader.read():
        pass
    at(MONDAY, time_machine)

    assert digest.tell_the_week() == 0
    at_once = [one for one in mail.outbox if one.subject == "Gardens: Harvest"]
    assert len(at_once) == (rhythm == "at_once")


def test_a_draft_and_a_removed_update_are_told_to_nobody(week, seedlings, alice, bob, time_machine):
    follow(alice, seedlings)
    tell(seedlings, bob)
    knowledge.remove_update(update=tell(week, bob), by=bob)
    at(MONDAY, time_machine)

    assert digest.tell_the_week() == 0


def test_the_week_is_told_in_the_language_of_each(week, alice, bob, time_machine):
    people.edit_profile(party=alice, language="fr", by=alice)
    tell(week, bob)
    at(MONDAY, time_machine)

    digest.tell_the_week()

    assert Letter.objects.get(kind="week").subject == "Gardens : la semaine du 1 juin"


def test_what_breaks_in_the_middle_is_told_the_next_time_and_nothing_twice(
    week, bob, dan, carol, time_machine, monkeypatch
):
    for person in (bob, dan, carol):
        follow(person, week)
        people.edit_profile(party=person, rhythm="weekly", by=person)
    tell(week, bob)
    at(MONDAY, time_machine)
    monkeypatch.setattr(digest, "AT_A_TIME", 2)
    written, whole = [], digest._letter

    def breaks_at_the_third(person, *rest):
        written.append(person)
        if len(written) == 3:
            raise KeyboardInterrupt
        return whole(person, *rest)

    monkeypatch.setattr(digest, "_letter", breaks_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        digest.tell_the_week()
    assert Letter.objects.filter(kind="week").count() == Digest.objects.count() == 2
    assert digest.tell_the_week() == 2

    addresses = sorted(Letter.objects.filter(kind="week").values_list("address", flat=True))
    assert addresses == [f"{one}@example.org" for one in ("alice", "bob", "carol", "dan")]


def test_two_workers_at_once_cannot_tell_a_week_twice(week, alice, bob, time_machine):
    tell(week, bob)
    at(MONDAY, time_machine)
    waiting = digest._waiting(MONDAY - timedelta(days=7), 0)
    digest.tell_the_week()

    with pytest.raises(IntegrityError):
        digest._tell(waiting, MONDAY - timedelta(days=7), {}, Instance(name="City"))


def test_more_followers_do_not_need_more_questions(week, bob, time_machine):
    tell(week, bob)
    at(MONDAY, time_machine)
    for number in range(30):
        guest = people.ensure_guest(email=f"guest{number}@example.org", name=f"Guest {number}")
        follow(guest, week)
        people.edit_profile(party=guest, rhythm="weekly", by=guest)

    with CaptureQueriesContext(connection) as asked:
        assert digest.tell_the_week() == 31
    assert len(asked) <= 16


def test_old_marks_are_forgotten(week, time_machine):
    at(MONDAY, time_machine)
    digest.tell_the_week()
    assert Digest.objects.count() == 1
    at(MONDAY + timedelta(days=90), time_machine)

    assert digest.forget_old() == 1


def test_one_click_in_the_letter_of_the_week_stops_letters_and_the_page_offers_the_rest(
    week, alice, bob, client, time_machine, settings
):
    tell(week, bob)
    at(MONDAY, time_machine)
    digest.tell_the_week()
    stop = letters()[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = stop.removeprefix(settings.ADDRESS)

    looked = client.get(path)
    assert 'value="weekly"' in looked.text
    assert rhythm_of(alice) == "weekly"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert rhythm_of(alice) == "never"
    assert has_role(alice, week, Role.FOLLOWER)

    assert "each update at once" in client.post(path, {"rhythm": "at_once"}).text
    assert rhythm_of(alice) == "at_once"
    assert client.post(path, {"rhythm": "hourly"}).status_code == 422
    assert client.get("/updates/stop/forged").status_code == 404


def test_the_letter_about_one_update_offers_the_week_instead_also_to_a_guest(
    gardens, bob, client, settings
):
    guest = people.ensure_guest(email="nour@example.org", name="Nour")
    follow(guest, gardens)
    tell(gardens, bob)
    while reader.read():
        pass
    [letter] = [one for one in mail.outbox if one.to == ["nour@example.org"]]
    path = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.ADDRESS)

    assert "Rather one letter a week" in client.get(path).text
    answer = client.post(path, {"weekly": "1"})

    assert "one letter a week" in answer.text
    assert rhythm_of(guest) == "weekly"
    assert has_role(guest, gardens, Role.FOLLOWER)
    assert Contact.objects.get(party=guest).email not in answer.text


def test_how_often_is_chosen_in_the_settings(alice, browse):
    page = browse(alice).get("/settings/letters")
    assert 'value="at_once"' in page.text

    assert browse(alice).post("/settings/letters", {"rhythm": "weekly"}).status_code == 302
    assert rhythm_of(alice) == "weekly"
    assert browse(alice).post("/settings/letters", {"rhythm": "x"}).status_code == 422
    assert browse(None).get("/settings/letters").status_code == 302


def rhythm_of(person):
    return Party.objects.get(pk=person.pk).rhythm


def test_the_week_begins_on_a_monday_whenever_it_is_asked(week, bob, time_machine):
    tell(week, bob)
    at(MONDAY + timedelta(days=6), time_machine)

    assert digest.tell_the_week() == 1
    assert clock.today().weekday() == 6
