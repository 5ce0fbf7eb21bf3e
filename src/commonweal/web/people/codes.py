"""Codes by mail: who reads the letters of an address proves it by typing the code."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

from commonweal.foundation import clock
from commonweal.mail import post

SIGN_IN, CONFIRM, ADDRESS = "sign_in", "confirm", "address"
_DIGITS = 6
_SALT = "web.people.codes"


@dataclass(frozen=True)
class Asked:
    """A code that was sent: to whom, for what, and how often somebody tried."""

    email: str
    sent_at: float
    code: str
    name: str = ""
    back: str = ""
    tries: int = 0


def may_send(request: HttpRequest, email: str) -> bool:
    """Count this letter; False when there were too many to an address, or from one computer."""
    limit = "request_login_code"
    return bool(ratelimit.consume(request, app="allauth.account", action=limit, key=email))


def send(request: HttpRequest, purpose: str, *, email: str, name: str = "", back: str = "") -> None:
    """Mail a fresh code to an address, and remember its fingerprint in the session."""
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    sent_at = clock.now().timestamp()
    asked = Asked(email=email, sent_at=sent_at, code=_print(code), name=name, back=back)
    request.session[purpose] = asdict(asked)
    language = get_language() or "en"
    post.send_now("code", address=email, language=language, context={"code": code})


def asked(request: HttpRequest, purpose: str) -> Asked | None:
    """Return the code that was sent for a purpose, while it can still be used."""
    kept = request.session.get(purpose)
    if not kept:
        return None
    found = Asked(**kept)
    age_s = clock.now().timestamp() - found.sent_at
    tired = found.tries >= app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS
    return None if tired or age_s > app_settings.LOGIN_BY_CODE_TIMEOUT else found


def is_right(request: HttpRequest, purpose: str, typed: str) -> bool:
    """Whether this is the code; every try counts, and a right one is used up."""
    found = asked(request, purpose)
    if found is None:
        return False
    digits = "".join(sign for sign in typed if sign.isalnum())
    if constant_time_compare(_print(digits), found.code):
        del request.session[purpose]
        return True
    request.session[purpose] = {**asdict(found), "tries": found.tries + 1}
    return False


def _print(code: str) -> str:
    return salted_hmac(_SALT, code, algorithm="sha256").hexdigest()
