"""Passkeys, the app and recovery codes; a passkey itself is tried in the browser tests."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from commonweal.foundation import clock

SURE = {
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
}  # fmt: skip


def code_now(secret, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def app(as_nadia):
    """Turn the second lock on; return the secret that the app keeps."""
    page = as_nadia.get("/settings/security/app").text
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    answer = as_nadia.post("/settings/security/app", {"code": code_now(secret)})
    assert answer.url == "/settings/security/codes"
    return secret


def half_in(nadia, latest_code):
    client = Client()
    client.post("/sign-in", {"email": nadia.email, "next": "/settings/data"})
    answer = client.post("/sign-in/code", {"code": latest_code()})
    assert answer.url.startswith("/sign-in/second")
    return client


def test_with_the_app_a_mailed_code_is_not_enough(app, nadia, latest_code):
    client = half_in(nadia, latest_code)
    assert client.get("/settings").status_code == 302
    assert client.get("/sign-in/second").status_code == 200

    wrong = client.post("/sign-in/second", {"code": "000000"})
    assert 'role="alert"' in wrong.text
    answer = client.post("/sign-in/second", {"code": code_now(app, ahead=1)})

    assert answer.url == "/settings/data"
    assert client.get("/settings").status_code == 200


def test_a_recovery_code_opens_once(app, as_nadia, nadia, latest_code):
    page = as_nadia.get("/settings/security/codes").text
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10

    client = half_in(nadia, latest_code)
    assert client.post("/sign-in/second", {"code": codes[0]}).url == "/settings/data"
    again = half_in(nadia, latest_code)
    assert again.post("/sign-in/second", {"code": codes[0]}).status_code == 200


def test_grave_steps_ask_for_the_app_then(app, as_nadia, time_machine):
    time_machine.move_to(clock.now() + timedelta(minutes=16))

    answer = as_nadia.get("/settings/confirm?next=/settings/erase")
    assert answer.url == "/settings/confirm/app?next=%2Fsettings%2Ferase"
    page = as_nadia.get(answer.url)
    assert page.status_code == 200

    done = as_nadia.post(answer.url, {"code": code_now(app), "next": "/settings/erase"})

    assert done.url == "/settings/erase"
    assert as_nadia.get("/settings/erase").status_code == 200


def test_the_app_can_be_turned_off(app, as_nadia, nadia):
    assert as_nadia.get("/settings/security/app/off").status_code == 200

    as_nadia.post("/settings/security/app/off")

    assert not Authenticator.objects.filter(user=nadia).exists()
    assert as_nadia.get("/settings/security").status_code == 200


def test_new_recovery_codes_replace_the_old(app, as_nadia):
    before = as_nadia.get("/settings/security/codes").text
    assert as_nadia.get("/settings/security/codes/new").status_code == 200

    as_nadia.post("/settings/security/codes/new")

    after = as_nadia.get("/settings/security/codes").text
    assert re.findall(r"<code>(\d{8})</code>", before) != re.findall(r"<code>(\d{8})</code>", after)


def test_the_secret_is_unreadable_in_the_database(app):
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator WHERE type = 'totp'")
        assert app not in cursor.fetchone()[0]


def test_a_passkey_page_gives_the_browser_what_it_asks(as_nadia):
    page = as_nadia.get("/settings/security/passkeys/new").text

    assert "creation_options" in page
    assert "Nadia El Amrani" in page
    assert re.search(r'<script src="[^"]*passkeys[^"]*" defer>', page)


def test_signing_in_with_a_passkey_starts_with_a_challenge(client, db):
    answer = client.get("/sign-in/passkey", headers={"Accept": "application/json"})

    assert answer.json()["request_options"]["publicKey"]["challenge"]
    assert client.get("/sign-in/passkey").url == "/account/login"
    assert client.get("/account/login").url == "/sign-in"


@pytest.mark.parametrize("made_up", ["", "{}", "[]", "nonsense", '{"id": "x", "response": {}}'])
def test_a_made_up_passkey_is_refused(client, nadia, made_up):
    client.get("/sign-in/passkey", headers={"Accept": "application/json"})

    client.post("/sign-in/passkey", {"credential": made_up})

    assert client.get("/settings").status_code == 302


@pytest.mark.parametrize("name", sorted(SURE))
def test_every_page_that_changes_a_lock_asks_who_is_there(as_nadia, name, time_machine):
    time_machine.move_to(clock.now() + timedelta(minutes=16))
    (route,) = {
        str(entry.pattern)
        for resolver in get_resolver().url_patterns
        for nested in getattr(resolver, "url_patterns", [])
        for entry in getattr(nested, "url_patterns", [nested])
        if entry.name == name
    }

    answer = as_nadia.get("/" + route.replace("<int:pk>", "1"))

    assert answer.url.startswith("/settings/confirm?next=")


def test_nothing_else_of_allauth_can_be_reached(client, db):
    for page in ("/accounts/signup/", "/accounts/password/reset/", "/account/password/change"):
        assert client.get(page).status_code == 404
