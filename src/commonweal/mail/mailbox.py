"""The demo's own mailbox: letters land in a table, and everybody reads them."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage, EmailMultiAlternatives

from commonweal.foundation import clock, ids
from commonweal.mail.models import Delivered

KEPT = 500


class NotADemo(RuntimeError):
    """A mailbox that everybody reads is for a demo only."""


class MailboxBackend(BaseEmailBackend):
    """Django's way to send mail, ending in the mailbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep every letter, once for each address; forget the oldest ones."""
        if not settings.DEMO:
            raise NotADemo
        delivered = [_one(message, to) for message in email_messages for to in message.to]
        Delivered.objects.bulk_create(delivered)
        kept = Delivered.objects.order_by("-id").values("pk")[:KEPT]
        Delivered.objects.exclude(pk__in=kept).delete()
        return len(email_messages)


def forget(address: str) -> None:
    """Throw away what an address received."""
    Delivered.objects.filter(address__iexact=address).delete()


def _one(message: EmailMessage, to: str) -> Delivered:
    html = ""
    if isinstance(message, EmailMultiAlternatives) and message.alternatives:
        html = str(message.alternatives[0][0])
    return Delivered(
        public_id=ids.readable(16), address=to.lower(), subject=str(message.subject),
        text=str(message.body), html=html, at=clock.now(),
    )  # fmt: skip
