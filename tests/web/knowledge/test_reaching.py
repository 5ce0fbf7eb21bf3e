"""From a wish to a letter, an answer or a no: the whole way over pages and by mail."""

import re

import pytest
from django.core import mail

from commonweal.knowledge import actions
from commonweal.knowledge.models import Ask, Wish
from commonweal.mail import reader
from commonweal.mail.models import Letter
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.web.people import own_data
from web.people.test_profile import supports
from wishing import GARDEN, known_for_long, wishes

WISH = {
    "gives": ["time", "skills"], "sentence": "I can <b>sew</b>.", "from_whom": "themes",
    "within_km": "10", "themes": [GARDEN], "most_a_month": "2", "shown": "on", "place": "",
}  # fmt: skip
WORDS = "We dig on Saturday.\n\nCan you bring a spade?"


@pytest.fixture
def group(gardens):
    return known_for_long(gardens)


def letters():
    """Send all that waits; return what came of it, newest last."""
    while reader.read():
        pass
    return mail.outbox


def path_of(letter, settings):
    return letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.ADDRESS)


@pytest.fixture
def asked(group, alice, bob):
    wishes(alice)
    return actions.ask(collective=group, whom=alice, words=WORDS, by=bob)


def test_alice_says_what_she_would_like_and_may_change_her_mind(alice, browse, signed_out):
    visitor = browse(alice)
    assert "No group may ask" in visitor.get("/settings/wishes").text

    assert visitor.post("/settings/wishes", WISH)["Location"] == "/settings/wishes"
    assert Wish.objects.get().themes == [GARDEN]
    assert "Groups may ask" in visitor.get("/settings/wishes").text
    page = signed_out("/alice-peeters")
    assert "Time, Know-how" in page
    assert "I can &lt;b&gt;sew&lt;/b&gt;." in page
    assert "Community garden" in page
    visitor.post("/settings/wishes", {"close": "1"})

    assert not Wish.objects.get().open
    assert "Know-how" not in signed_out("/alice-peeters")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"gives": []}, "This field is required"),
        ({"themes": []}, "Choose a place or themes"),
        ({"from_whom": "near"}, "Choose a place or themes"),
        ({"place": "Xyzzyville"}, "no place called so"),
    ],
)
def test_nothing_typed_is_lost_when_a_wish_is_not_clear(wrong, said, alice, browse):
    answer = browse(alice).post("/settings/wishes", {**WISH, **wrong})

    assert answer.status_code == 422
    assert said in answer.text
    assert "I can &lt;b&gt;sew" in answer.text
    assert not Wish.objects.exists()


def test_a_wish_that_is_not_shown_stands_on_no_page(alice, signed_out):
    wishes(alice, sentence="Ask me.")

    assert "Ask me." not in signed_out("/alice-peeters")


def test_an_organization_says_it_on_its_own_page(bob, dan, browse, signed_out):
    people.create_organization(name="Harbour", by=bob)
    assert browse(dan).get("/harbour/wishes").status_code == 403

    browse(bob).post("/harbour/wishes", WISH)

    assert "May be asked" in signed_out("/harbour")
    assert "Being asked" in browse(bob).get("/harbour/profile").text


def test_the_admins_of_a_group_see_who_might_back_it_and_why(
    group, alice, bob, dan, browse, django_assert_max_num_queries
):
    wishes(alice, "themes", themes=(GARDEN,), sentence="I can sew.")
    wishes(dan)

    desk = browse(bob)
    with django_assert_max_num_queries(15):
        page = desk.get("/gardens/reach").text

    assert page.index("Alice Peeters") < page.index("Dan Okafor")
    assert "would like to help groups about this: Community garden" in page
    assert "would like to help any group" in page
    assert "@example.org" not in page
    assert "/gardens/reach/alice-peeters" in page
    assert "Who might back this" in browse(bob).get("/gardens/desk").text
    assert browse(dan).get("/gardens/reach").status_code == 403
    assert browse().get("/gardens/reach").status_code == 302


def test_a_draft_learns_nobodys_name(seedlings, alice, bob, browse):
    wishes(alice)

    assert "Alice" not in browse(bob).get("/seedlings/reach").text
    assert browse(bob).get("/seedlings/reach/alice-peeters").status_code == 404


def test_a_new_group_sees_who_and_is_told_when_it_may_write(gardens, alice, bob, browse):
    wishes(alice)

    page = browse(bob).get("/gardens/reach").text

    assert "Alice Peeters" in page
    assert "public for two days" in page
    assert "/gardens/reach/alice-peeters" not in page
    assert "public for two days" in browse(bob).get("/gardens/reach/alice-peeters").text


def test_bob_asks_and_alice_answers_without_learning_an_address(
    group, alice, bob, browse, settings
):
    wishes(alice)
    Party.objects.filter(pk=alice.pk).update(language="fr")
    desk = browse(bob)

    assert desk.post("/gardens/reach/alice-peeters", {"words": WORDS}).status_code == 302
    letter = letters()[-1]
    assert letter.to == ["alice@example.org"]
    assert letter.subject == "Gardens vous demande de l’aide"
    assert "Can you bring a spade?" in letter.body
    assert f"{settings.ADDRESS}/gardens" in letter.body
    assert "bob@example.org" not in str(letter.message())
    assert path_of(letter, settings) in letter.body
    number = Ask.objects.get().pk
    visitor = browse(alice)
    assert "Can you bring a spade?" in visitor.get(f"/asks/{number}").text
    assert "Not answered" in visitor.get("/settings/wishes").text
    visitor.post(f"/asks/{number}", {"words": "I bring <two>."})
    answer = letters()[-1]

    assert answer.to == ["bob@example.org"]
    assert "I bring <two>." in answer.body
    assert "alice@example.org" not in str(answer.message())
    assert "I bring &lt;two&gt;." in desk.get("/gardens/reach").text


def test_a_letter_with_a_link_is_refused_and_kept(group, alice, bob, browse):
    wishes(alice)

    answer = browse(bob).post("/gardens/reach/alice-peeters", {"words": "See bad.example/x"})

    assert answer.status_code == 422
    assert "Leave out links" in answer.text
    assert "See bad.example/x" in answer.text
    assert not Ask.objects.exists()


def test_a_letter_is_read_by_nobody_else(asked, bob, dan, browse, client):
    assert browse(dan).get(f"/asks/{asked.pk}").status_code == 404
    assert browse(bob).get(f"/asks/{asked.pk}").status_code == 404
    assert client.get(f"/asks/{asked.pk}").status_code == 302


def test_looking_refuses_nothing_and_one_press_stops_all_letters(
    asked, alice, bob, client, settings
):
    path = path_of(letters()[-1], settings)
    assert letters()[-1].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    looked = client.get(path)
    assert "No more from Gardens" in looked.text
    assert not Ask.objects.exclude(refused_at=None).exists()
    pressed = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert pressed.status_code == 200
    assert not Wish.objects.get(party=alice).open
    assert client.post(path).status_code == 200
    assert client.post("/asks/refuse/1:forged").status_code == 404


def test_a_no_to_one_group_leaves_the_others(asked, group, alice, bob, client, browse, settings):
    path = path_of(letters()[-1], settings)

    page = client.post(path, {"what": "group"}).text

    assert "Gardens writes to you no more" in page
    assert Wish.objects.get(party=alice).open
    assert "Said no" in browse(bob).get("/gardens/reach").text
    assert browse(bob).get("/gardens/reach/alice-peeters").status_code == 404


def test_whoever_changed_their_mind_gets_no_letter_that_was_on_its_way(asked, alice):
    actions.close_wish(party=alice, by=alice)

    assert "alice@example.org" not in [one.to[0] for one in letters()]


def test_the_host_hears_of_letters_that_are_not_okay_but_not_from_whom(
    asked, group, alice, bob, dan, hana, browse, client, settings
):
    client.post(path_of(letters()[-1], settings), {"what": "report"})
    told = letters()[-1]
    assert told.to == ["hana@example.org"]
    assert "Alice" not in told.body
    host = browse(hana)
    page = host.get("/commons-house/hosting/reports").text
    assert "Can you bring a spade?" in page
    assert "Alice" not in page
    assert browse(bob).get("/commons-house/hosting/reports").status_code == 403

    host.post(f"/commons-house/hosting/reports/{group.pk}/pause")
    assert letters()[-1].to == ["bob@example.org"]
    assert "may not write to people for now" in browse(bob).get("/gardens/reach").text
    host.post(f"/commons-house/hosting/reports/{group.pk}/allow")

    assert "may write to people again" in letters()[-1].subject


def test_a_profile_offers_to_ask_to_those_who_run_a_group(group, alice, bob, dan, browse):
    wishes(alice, shown=True)

    assert "/gardens/reach/alice-peeters" in browse(bob).get("/alice-peeters").text
    assert "/gardens/reach/" not in browse(dan).get("/alice-peeters").text


def test_everything_about_it_can_be_taken_along(asked, alice):
    actions.answer_ask(ask=asked, words="With pleasure.", by=alice)

    kept = own_data.collect(alice.login)

    assert kept["wish"][0]["gives"] == ["time"]
    assert kept["asks"][0]["words"] == WORDS
    assert kept["asks"][0]["answer"] == "With pleasure."


def test_erasing_oneself_erases_wishes_and_words(asked, alice, signed_in_as):
    letters()
    actions.answer_ask(ask=asked, words="With pleasure.", by=alice)
    reader._queue_letters()

    signed_in_as(alice).post("/settings/erase", {"sure": "on"})

    assert not Wish.objects.exists()
    assert (Ask.objects.get().words, Ask.objects.get().answer) == ("", "")
    assert not Letter.objects.filter(kind="ask.answered").exists()


@pytest.fixture
def signed_in_as(client):
    """Return how to sign in as people do, so that the session knows how."""

    def sign_in(person):
        client.post("/sign-in", {"email": person.login.email})
        code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)
        client.post("/sign-in/code", {"code": code})
        return client

    return sign_in


def test_what_was_given_incognito_is_no_reason_and_names_nobody(
    group, alice, bob, hana, commons, brussels, browse
):
    from commonweal.discovery.actions import list_anew  # noqa: PLC0415
    from knowledge.test_asking import like  # noqa: PLC0415 - its own helper

    other = like(group, bob, brussels)
    while list_anew():
        pass
    for giver, incognito in ((alice, False), (hana, True)):
        wishes(giver)
        supports(other, giver, incognito=incognito)

    page = browse(bob).get("/gardens/reach").text

    assert "gives to Orchard, which has the same theme: Community garden" in page
    assert page.count("gives to Orchard") == 1
    assert page.index("Alice Peeters") < page.index("Hana Wouters")
