"""A passkey in a real browser, whose finger reader always finds a finger."""

import re

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core import mail
from django.test.testcases import LiveServerThread

from commonweal.people import actions

FINGER = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def site(committed):
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert not server.error
    yield f"http://localhost:{server.port}"
    server.terminate()
    server.join()


@pytest.fixture
def context(site, chromium):
    with chromium.new_context(base_url=site, viewport={"width": 390, "height": 844}) as opened:
        yield opened


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def with_finger(context, page):
    """Give the computer a reader on which a finger always lies."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    return page


def at(path):
    return re.compile(rf"://[^/]+{path}$")


def test_a_passkey_is_added_confirms_and_signs_in(with_finger, site):
    page = with_finger
    actions.sign_up(email="nadia@example.org", name="Nadia")

    page.goto("/sign-in?next=/settings/security/passkeys/new")
    page.get_by_label("E-mail address").fill("nadia@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(mail.outbox[-1].subject.split()[0])
    page.get_by_role("button", name="Go in").click()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(at("/settings/security/codes"))

    page.goto("/settings/confirm/passkey?next=/settings/data")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(at("/settings/data"))

    page.locator("summary", has_text="Menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(at("/"))
    page.goto("/sign-in?next=/settings/addresses")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(at("/settings/addresses"))

    assert len(mail.outbox) == 1


def test_without_script_a_passkey_is_not_offered(context, site):
    browser = context.browser
    plain = browser.new_context(base_url=site, java_script_enabled=False).new_page()

    plain.goto("/sign-in")

    assert plain.get_by_role("button").all_inner_texts().count("Sign in with a passkey") == 0
    assert plain.get_by_role("button", name="Send me a code").is_visible()
