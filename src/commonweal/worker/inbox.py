"""News from rails, read in the order it came: here it meets the verbs of giving and spending."""

from __future__ import annotations

import logging

from commonweal.giving import tasks as giving
from commonweal.payments import queries
from commonweal.payments.models import InboxItem

logger = logging.getLogger(__name__)


def read() -> int:
    """Act on the news that waits; return how much of it was acted on.

    What is refused is noted on the news by whoever refuses it. What fails in another way stays
    unread, is tried again, and does not hold up the rest.
    """
    return sum(_is_heard(item) for item in list(queries.unread_news()))


def _is_heard(item: InboxItem) -> bool:
    try:
        giving.hear(item)
    except Exception:
        logger.exception("news %s from %s could not be read yet", item.pk, item.rail)
        return False
    return True
