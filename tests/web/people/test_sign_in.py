import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from commonweal.mail import post
from commonweal.people import actions, queries
from commonweal.people.models import Login

WRONG = "000000"


def ask(client, email="nadia@example.org", **more):
    return client.post("/sign-in", {"email": email, **more})


def is_in(client):
    return client.get("/settings").status_code == 200


def test_a_code_by_mail_signs_in(client, nadia, latest_code):
    assert ask(client).url == "/sign-in/code"

    answer = client.post("/sign-in/code", {"code": latest_code()})

    assert answer.url == "/"
    assert is_in(client)


def test_the_letter_says_it_in_three_sentences(client, nadia, latest_code):
    ask(client)

    letter = mail.outbox[-1]
    code = latest_code()
    assert letter.subject == f"{code} is your code for Commonweal"
    assert letter.body.count(". ") == 2
    assert letter.to == ["nadia@example.org"]


def test_after_signing_in_one_is_where_one_wanted_to_be(client, nadia, latest_code):
    ask(client, next="/settings/addresses")

    answer = client.post("/sign-in/code", {"code": latest_code()})

    assert answer.url == "/settings/addresses"


def test_nobody_is_led_to_another_site(client, nadia, latest_code):
    ask(client, next="https://evil.example/")

    assert client.post("/sign-in/code", {"code": latest_code()}).url == "/"


def test_a_wrong_code_can_be_typed_again_but_not_often(client, nadia, latest_code):
    ask(client)
    right = latest_code()

    statuses = [client.post("/sign-in/code", {"code": WRONG}).status_code for _ in range(3)]

    assert statuses == [422, 422, 422]
    assert client.post("/sign-in/code", {"code": right}).url == "/sign-in"
    assert not is_in(client)


def test_an_old_code_is_refused(client, nadia, time_machine, latest_code):
    time_machine.move_to("2026-05-01 10:00:00+00:00", tick=False)
    ask(client)
    time_machine.shift(15 * 60 + 1)

    assert client.post("/sign-in/code", {"code": latest_code()}).url == "/sign-in"


def test_a_code_works_once(client, nadia, latest_code):
    ask(client)
    code = latest_code()
    client.post("/sign-in/code", {"code": code})
    client.post("/sign-out")

    assert client.post("/sign-in/code", {"code": code}).url == "/sign-in"


def test_a_code_of_one_browser_is_worth_nothing_in_another(client, nadia):
    ask(client)
    other = type(client)()
    other.post("/sign-in", {"email": "mallory@example.org"})

    assert other.post("/sign-in/code", {"code": mail_to("nadia@example.org")}).status_code == 422


def mail_to(address):
    letter = next(letter for letter in mail.outbox if letter.to == [address])
    return letter.subject.split()[0]


def test_nobody_learns_who_is_here(client, nadia):
    known, unknown = ask(client), ask(type(client)(), "stranger@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    first, second = (letter.body[20:] for letter in mail.outbox)
    assert first == second


def test_who_is_new_is_asked_for_a_name(client, db, latest_code):
    ask(client, "new@example.org")
    assert client.post("/sign-in/code", {"code": latest_code()}).url == "/sign-in/name"
    assert not Login.objects.exists()

    client.post("/sign-in/name", {"name": "New Person"})

    assert queries.login_by_email("new@example.org").person.name == "New Person"
    assert is_in(client)


def test_joining_with_a_name_signs_in_too(client, db, latest_code):
    client.post("/sign-up", {"email": "New@example.org", "name": "New Person"})
    assert not Login.objects.exists()

    client.post("/sign-in/code", {"code": latest_code()})

    login = Login.objects.get()
    assert (login.email, login.person.slug) == ("new@example.org", "new-person")
    assert EmailAddress.objects.get(user=login).verified
    assert not login.has_usable_password()


def test_joining_with_a_known_address_signs_in_who_it_is(client, nadia, latest_code):
    client.post("/sign-up", {"email": nadia.email, "name": "Somebody Else"})
    client.post("/sign-in/code", {"code": latest_code()})

    nadia.person.refresh_from_db()
    assert nadia.person.name == "Nadia El Amrani"
    assert is_in(client)


def test_who_proves_an_address_gets_back_what_its_guest_did(client, nadia, latest_code):
    guest = actions.ensure_guest(email=nadia.email, name="Nadia")
    ask(client)

    client.post("/sign-in/code", {"code": latest_code()})

    guest.refresh_from_db()
    assert guest.claimed_by == nadia.person


def test_letters_to_one_address_are_limited(client, nadia):
    answers = [ask(client).status_code for _ in range(4)]

    assert answers == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("email", ["", "nadia", "nadia@", "a@b.c\nBcc: d@e.f"])
def test_what_is_no_address_is_said_beside_the_field(client, db, email):
    answer = ask(client, email)

    assert answer.status_code == 422
    assert b'id="id_email_error"' in answer.content


def test_who_may_not_come_in_stays_out(client, nadia, latest_code):
    Login.objects.update(is_active=False)
    ask(client)

    assert client.post("/sign-in/code", {"code": latest_code()}).url == "/account/inactive"
    assert client.get("/account/inactive").status_code == 200
    assert not is_in(client)


def test_who_is_in_is_not_asked_again(as_nadia):
    assert as_nadia.get("/sign-in?next=/settings").url == "/settings"


def test_signing_out_needs_a_press_of_the_button(as_nadia):
    assert as_nadia.get("/sign-out").status_code == 405
    assert is_in(as_nadia)

    as_nadia.post("/sign-out")

    assert not is_in(as_nadia)


def test_a_link_from_the_server_signs_in_once(client, nadia):
    address = f"/sign-in/link/{queries.sign_in_token(nadia)}"
    assert client.get(address).status_code == 200
    assert not is_in(client)

    client.post(address)

    assert is_in(client)
    assert type(client)().post(address).status_code == 410


@pytest.mark.parametrize("page", ["/sign-in", "/sign-up"])
def test_the_page_is_whole_without_script(client, db, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = client.get(page)

    html = answer.content.decode()
    assert "<script>" not in html
    assert 'method="post"' in html


def test_a_refused_step_leads_back_to_the_beginning(client, db):
    for page in ("/sign-in/code", "/sign-in/name"):
        assert client.get(page).url == "/sign-in"


def test_a_mail_server_that_is_away_is_said(client, nadia, monkeypatch):
    def away(address, written):
        raise ConnectionRefusedError

    monkeypatch.setattr(post, "_hand_over", away)

    answer = ask(client)

    assert answer.status_code == 503
    assert "could not be sent" in answer.text
