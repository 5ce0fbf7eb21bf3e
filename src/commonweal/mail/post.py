"""How letters leave: at once for those somebody waits for, else from the queue, with patience."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from commonweal.activity.models import Fact
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.mail.models import Letter
from commonweal.mail.writing import Written, write

logger = logging.getLogger(__name__)

# After each failure wait longer; after the last, give up. In sum about two days.
PATIENCE = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 720, 1440)]
AT_A_TIME = 20
KEPT = timedelta(days=30)
_TROUBLE = (OSError, smtplib.SMTPException)


class NoLetter(Refused):
    """The letter could not be sent. Nothing is lost: try again in a minute."""

    status = 503


def send_now(template: str, *, address: str, language: str, context: Mapping[str, Any]) -> None:
    """Send a letter that somebody is waiting for, such as a code; it is kept nowhere."""
    try:
        _hand_over(address, write(template, language, context))
    except _TROUBLE as error:
        logger.warning("A letter about %s did not leave: %s", template, type(error).__name__)
        raise NoLetter from error


def queue(
    kind: str,
    written: Written,
    *,
    address: str,
    language: str,
    fact_id: int | None = None,
    stop: str = "",
) -> Letter:
    """Put a letter into the queue, in the transaction of whoever asks."""
    put = letter(kind, written, address=address, language=language, fact_id=fact_id, stop=stop)
    put.save()
    return put


def letter(
    kind: str,
    written: Written,
    *,
    address: str,
    language: str,
    fact_id: int | None = None,
    stop: str = "",
) -> Letter:
    """Return a letter that waits, for those who put many into the queue together."""
    now = clock.now()
    return Letter(
        kind=kind, fact_id=fact_id, address=address, language=language, subject=written.subject,
        text=written.text, html=written.html, stop=stop, queued_at=now, next_try_at=now,
    )  # fmt: skip


def forget(address: str) -> None:
    """Drop the letters that wait for an address whose owner is being erased."""
    Letter.objects.filter(address__iexact=address).delete()


def forget_about(subjects: Collection[str]) -> None:
    """Drop the letters about some things that have not left yet."""
    facts = Fact.objects.filter(subject__in=list(subjects))
    Letter.objects.filter(fact_id__in=facts.values("pk")).delete()


def forget_old() -> int:
    """Delete letters that were sent or given up long ago; return how many went.

    What was sent says nothing any more; what was given up still holds an address and all it said.
    """
    done = Letter.objects.filter(next_try_at=None, queued_at__lt=clock.now() - KEPT)
    return done.delete()[0]


def send_waiting() -> int:
    """Send some letters whose time has come; return how many left.

    Each is claimed before it is handed over, so a kill in between makes it late, never lost.
    """
    now = clock.now()
    waiting = Letter.objects.filter(next_try_at__lte=now).order_by("next_try_at")
    numbers = list(waiting.values_list("pk", flat=True)[:AT_A_TIME])
    return sum(_send(number) for number in numbers)


def _send(number: int) -> bool:
    letter = _claim(number)
    if letter is None:
        return False
    try:
        _hand_over(letter.address, Written(letter.subject, letter.text, letter.html), letter.stop)
    except _TROUBLE as error:
        logger.warning("Letter %s did not leave: %s", letter.pk, type(error).__name__)
        return False
    letter.address = letter.subject = letter.text = letter.html = letter.stop = ""
    letter.next_try_at, letter.sent_at = None, clock.now()
    letter.save()
    return True


@transaction.atomic
def _claim(number: int) -> Letter | None:
    due = Letter.objects.filter(pk=number, next_try_at__lte=clock.now())
    letter = due.select_for_update(skip_locked=True).first()
    if letter is None:
        return None
    wait = PATIENCE[letter.tries] if letter.tries < len(PATIENCE) else None
    letter.tries += 1
    letter.next_try_at = clock.now() + wait if wait else None
    letter.save(update_fields=["tries", "next_try_at"])
    return letter


def _hand_over(address: str, written: Written, stop: str = "") -> None:
    message = EmailMultiAlternatives(written.subject, written.text, to=[address])
    message.attach_alternative(written.html, "text/html")
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    if stop:  # RFC 8058: mail programs show a button that stops such letters
        message.extra_headers["List-Unsubscribe"] = f"<{settings.ADDRESS}/{stop}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.send()
