"""Reading the journal: each fact becomes its letters once, and then they leave."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction

from commonweal.activity.models import Fact
from commonweal.foundation import clock
from commonweal.mail import post
from commonweal.mail.letters import LETTERS
from commonweal.mail.letters.table import NotYet, Told
from commonweal.mail.models import News
from commonweal.mail.writing import write

logger = logging.getLogger(__name__)

AT_A_TIME = 500
# Facts brought along from elsewhere, or of a demo's past, surprise nobody with a letter.
OLD_NEWS = timedelta(days=1)


def read() -> int:
    """Queue the letters of some news and send what waits; return how much was done."""
    return _queue_letters() + post.send_waiting()


@transaction.atomic
def _queue_letters() -> int:
    """Turn news into letters in one transaction, so that a kill does both or neither."""
    news = News.objects.select_for_update(skip_locked=True).order_by("pk")[:AT_A_TIME]
    facts = Fact.objects.in_bulk([one.pk for one in news])
    done = [number for number, fact in sorted(facts.items()) if _is_told(fact)]
    gone = [one.pk for one in news if one.pk not in facts]
    News.objects.filter(pk__in=[*done, *gone]).delete()
    return len(done) + len(gone)


def _is_told(fact: Fact) -> bool:
    """Whether nothing is left to tell; a letter that cannot be written does not stop the others."""
    if fact.kind not in LETTERS or fact.at < clock.now() - OLD_NEWS:
        return True
    try:
        with transaction.atomic():
            queue_for(fact)
    except NotYet:
        return False
    except Exception:
        logger.exception("No letter could be written about fact %s", fact.pk)
    return True


def queue_for(fact: Fact) -> Told:
    """Queue the letters that a fact makes; return who is told what."""
    entry = LETTERS[fact.kind]
    told = entry.tell(fact)
    for person in told.people:
        context = {**(told.context or {}), "stop": person.stop}
        written = write(entry.template, person.language, context)
        post.queue(
            fact.kind, written, address=person.address, language=person.language,
            fact_id=fact.pk, stop=person.stop,
        )  # fmt: skip
    return told
