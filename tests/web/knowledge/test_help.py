"""Help, as people meet it: a guest answers by a link, the team says yes, both confirm, thanks."""

import re

import pytest
from django.core import mail

from asking import accepted, asked, counted, gave
from commonweal.foundation import clock
from commonweal.knowledge import actions
from commonweal.knowledge.models import Answer, Call, HelpGiven
from commonweal.mail import reader
from commonweal.web.people.own_data import collect

NOUR = {
    "quantity": "1", "words": "I have a van.", "name": "Nour Amrani", "email": "nour@example.org",
    "named": "on",
}  # fmt: skip


@pytest.fixture
def van(gardens, bob):
    return asked(gardens, bob, details="For the boxes.", skills=("driving",))


def letters(to):
    """Send what waits; return the letters to an address, the oldest first."""
    while reader.read():
        pass
    return [letter for letter in mail.outbox if letter.to == [to]]


def link(letter, settings):
    """Return the first address of ours in a letter, as a path."""
    return re.search(rf"{settings.ADDRESS}(/help/\S+)", letter.body).group(1)


def test_a_guest_helps_and_is_thanked_by_name(gardens, van, bob, browse, settings, signed_out):
    guest = browse()
    sent = guest.post(f"/gardens/help/{van.pk}/answer", NOUR)
    assert "Look into your mail" in sent.text
    desk = browse(bob)
    assert "Nour" not in desk.get("/gardens/help/desk").text
    [letter] = letters("nour@example.org")
    path = link(letter, settings)
    assert "Yes, send it to the group" in guest.get(path).text

    guest.post(path, {"do": "prove"})

    assert "Nour Amrani offers help" in letters("bob@example.org")[-1].subject
    page = desk.get("/gardens/help/desk").text
    assert "I have a van." in page
    assert "nour@example.org" not in page
    desk.post(
        f"/gardens/help/answers/{Answer.objects.get().pk}", {"accept": "1", "note": "At nine."}
    )
    yes = letters("nour@example.org")[-1]
    assert "At nine." in yes.body
    assert "bob@example.org" not in yes.body

    today = clock.today().isoformat()
    told = {"do": "tell", "kind": "vehicle", "quantity": "1", "on": today, "what": "Drove boxes"}
    guest.post(path, told)
    given = HelpGiven.objects.get()
    assert "Thank you" not in signed_out("/gardens")
    assert f"/gardens/help/given/{given.pk}" in desk.get("/gardens/help/desk").text
    desk.post(f"/gardens/help/given/{given.pk}", {"confirm": "1"})

    for address in ("/gardens", "/gardens/help"):
        shown = signed_out(address)
        assert "Nour Amrani" in shown
        assert "Drove boxes" in shown
        assert "nour@example.org" not in shown


def test_the_team_thanks_somebody_who_confirms_and_hides_again(
    gardens, bob, browse, settings, signed_out
):
    typed = {
        "name": "Lou", "email": "lou@example.org", "kind": "time", "quantity": "3",
        "on": clock.today().isoformat(), "what": "Cooked",
    }  # fmt: skip
    browse(bob).post("/gardens/help/thank", typed)
    assert "Cooked" not in signed_out("/gardens/help")
    guest = browse()
    path = link(letters("lou@example.org")[0], settings)
    guest.post(path, {"do": "confirm", "named": "on"})
    assert "Lou" in signed_out("/gardens/help")

    guest.post(path, {"do": "name"})
    shown = signed_out("/gardens/help")
    assert "Lou" not in shown
    assert "Somebody" in shown
    guest.post(path, {"do": "take_back"})

    assert "Cooked" not in signed_out("/gardens/help")
    assert "Taken back" in guest.get(path).text


def test_who_signs_in_answers_and_takes_it_back(van, alice, browse):
    home = browse(alice)
    answered = home.post(f"/gardens/help/{van.pk}/answer", {"quantity": "1", "words": "Me"})
    assert answered["Location"] == f"/gardens/help/{van.pk}"
    twice = home.post(f"/gardens/help/{van.pk}/answer", {"quantity": "1", "words": "Me again"})
    assert twice.status_code == 422
    assert "Me again" in twice.text

    yours = home.get("/help/yours").text
    home.post(re.search(r'href="(/help/answers/[^"]+)"', yours).group(1), {"do": "take_back"})

    assert Answer.objects.get().status == "taken back"
    assert "Taken back" in home.get("/help/yours").text


def test_an_answer_without_an_address_loses_nothing(van, client):
    answer = client.post(f"/gardens/help/{van.pk}/answer", {**NOUR, "email": "nour"})

    assert answer.status_code == 422
    assert "I have a van." in answer.text
    assert not Answer.objects.exists()


def test_too_many_answers_from_one_address_are_refused(van, client):
    for _ in range(3):
        client.post(f"/gardens/help/{van.pk}/answer", NOUR)

    assert client.post(f"/gardens/help/{van.pk}/answer", NOUR).status_code == 429
    assert Answer.objects.count() == 3


def test_bob_asks_changes_and_says_that_all_is_there(gardens, bob, browse, signed_out):
    desk = browse(bob)
    wrong = desk.post("/gardens/help/new", {"title": "Soup for forty", "quantity": "0"})
    assert wrong.status_code == 422
    assert "Soup for forty" in wrong.text
    typed = {
        "title": "Soup for forty", "kind": "time", "quantity": "6", "place": "Brussels",
        "needed_by": clock.today().isoformat(), "skills": "Cooking, cooking",
    }  # fmt: skip
    desk.post("/gardens/help/new", typed)
    call = Call.objects.get()
    assert "6 hours" in signed_out("/gardens")
    assert "cooking" in signed_out(f"/gardens/help/{call.pk}")
    assert "Soup for forty" in desk.get(f"/gardens/help/{call.pk}/edit").text

    desk.post(f"/gardens/help/{call.pk}/edit", {**typed, "quantity": "8"})
    assert "8 hours" in signed_out("/help")
    desk.post(f"/gardens/help/{call.pk}/turn", {"to": "filled"})

    assert "Soup" not in signed_out("/help")
    assert "Found" in signed_out("/gardens/help")
    assert browse().get(f"/gardens/help/{call.pk}/answer").status_code == 409


def test_calls_are_found_by_kind_place_and_words_page_by_page(
    gardens, bob, signed_out, django_assert_max_num_queries
):
    for number in range(21):
        asked(gardens, bob, f"Thing {number:02}", kind="thing")
    asked(gardens, bob, "Une salle", kind="room")

    with django_assert_max_num_queries(6):
        first = signed_out("/help?kind=thing&place=brussels&q=thing")
    older = re.search(r'href="(/help\?[^"]*after=[^"]+)"', first).group(1).replace("&amp;", "&")

    assert "Thing 19" in first
    assert "Une salle" not in first
    assert "Thing 20" in signed_out(older)
    assert "Nobody asks for that now" in signed_out("/help?q=elephant")


def test_pages_of_help_ask_few_questions(
    gardens, van, bob, alice, dan, browse, django_assert_max_num_queries
):
    for helper in (alice, dan):
        counted(gardens, helper, bob)
        accepted(van, helper, bob)
        actions.tell_help(collective=gardens, given=gave(), by=helper)
    visitor, desk = browse(), browse(bob)

    for reads, address, most in (
        (visitor, "/gardens/help", 7),
        (visitor, f"/gardens/help/{van.pk}", 5),
        (desk, "/gardens/help/desk", 18),
        (browse(alice), "/help/yours", 8),
    ):
        with django_assert_max_num_queries(most):
            assert reads.get(address).status_code == 200


def test_strangers_see_no_desk_and_no_draft(gardens, seedlings, van, bob, dan, browse, signed_out):
    call = asked(seedlings, bob)
    visitor = browse(dan)

    assert visitor.get("/gardens/help/desk").status_code == 403
    assert visitor.get("/gardens/help/new").status_code == 403
    assert visitor.get(f"/gardens/help/{van.pk}/edit").status_code == 403
    assert visitor.get(f"/seedlings/help/{call.pk}").status_code == 404
    signed_out("/help/answers/1:forged", 404)
    signed_out("/help/given/1:forged", 404)
    assert "Seedlings" not in signed_out("/help")


def test_who_is_not_to_be_named_is_named_nowhere(gardens, bob, alice, signed_out):
    counted(gardens, alice, bob, named=False)

    for address in ("/gardens", "/gardens/help"):
        shown = signed_out(address)
        assert "Carried boxes" in shown
        assert "Somebody" in shown
        assert "Alice" not in shown


def test_one_click_stops_letters_about_help(gardens, van, bob, alice, client, browse, settings):
    actions.answer_call(call=van, words="Me.", quantity=1, by=alice)
    letter = letters("bob@example.org")[-1]
    path = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.ADDRESS)
    assert "Stop letters about help for Gardens?" in client.get(path).text

    client.post(path, {"List-Unsubscribe": "One-Click"})
    before = len(mail.outbox)
    actions.tell_help(collective=gardens, given=gave(), by=alice)

    letters("bob@example.org")
    assert len(mail.outbox) == before
    desk = browse(bob)
    assert "You get no letters about help" in desk.get("/gardens/help/desk").text
    desk.post("/gardens/help/letters", {"wanted": "1"})
    assert "You get a letter when" in desk.get("/gardens/help/desk").text


def test_own_data_holds_answers_and_help(gardens, van, bob, alice):
    accepted(van, alice, bob)
    counted(gardens, alice, bob)

    kept = collect(alice.login)

    assert kept["answers"][0]["words"] == "I can."
    assert kept["help_given"][0]["what"] == "Carried boxes"


def test_who_erases_themselves_leaves_hours_and_nothing_else(
    gardens, van, bob, alice, browse, signed_out
):
    accepted(van, alice, bob)
    counted(gardens, alice, bob)
    assert "Alice" in signed_out("/gardens/help")
    home = browse()
    home.post("/sign-in", {"email": "alice@example.org"})
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)
    home.post("/sign-in/code", {"code": code})

    home.post("/settings/erase", {"sure": "on"})

    shown = signed_out("/gardens/help")
    assert "3 hours" in shown
    assert "Alice" not in shown
    assert "Carried boxes" not in shown
    assert "Alice" not in browse(bob).get("/gardens/help/desk").text


def test_the_desk_of_a_group_says_that_somebody_waits(van, bob, alice, browse):
    assert "answers and thank-yous to decide" in browse(bob).get("/gardens/desk").text
    actions.answer_call(call=van, words="Me.", quantity=1, by=alice)

    assert "answer or thank-you to decide" in browse(bob).get("/gardens/desk").text
