import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

NAMES = [
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "ALLAUTH_TRUSTED_PROXY_COUNT",
    "PAYMENT_RAILS",
    "DEBUG",
]


def settings_with(**variables):
    """Return some settings as a server with these variables would have them."""
    script = (
        "import json\nfrom commonweal.config import settings\n"
        f"print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))"
    )
    kept = {name: value for name, value in os.environ.items() if "COMMONWEAL" not in name}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=kept | {"COMMONWEAL_DATA": "nowhere"} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def behind_a_proxy():
    return settings_with(COMMONWEAL_ADDRESS="https://example.org", COMMONWEAL_PROXIES="1")


@pytest.fixture(scope="module")
def on_this_computer():
    return settings_with()


def test_with_https_nothing_travels_in_the_open(behind_a_proxy):
    assert behind_a_proxy["SESSION_COOKIE_SECURE"]
    assert behind_a_proxy["CSRF_COOKIE_SECURE"]
    assert behind_a_proxy["SECURE_SSL_REDIRECT"]
    assert behind_a_proxy["SECURE_HSTS_SECONDS"] >= 31536000


def test_a_proxy_is_believed_only_where_there_is_one(behind_a_proxy, on_this_computer):
    assert behind_a_proxy["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind_a_proxy["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert on_this_computer["SECURE_PROXY_SSL_HEADER"] is None
    assert on_this_computer["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


def test_pretend_money_and_open_errors_are_not_there_by_default(on_this_computer):
    assert not [rail for rail in on_this_computer["PAYMENT_RAILS"] if "sandbox" in rail]
    assert on_this_computer["DEBUG"] is False


def test_no_page_may_run_or_load_anything_but_our_own_files():
    policy = settings.SECURE_CSP

    assert policy["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "connect-src", "font-src", "form-action"):
        assert policy[name] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
