"""Papers that were sent with a form: made safe at once, and kept until the form is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonweal.foundation import ids
from commonweal.foundation.errors import Refused
from commonweal.people.models import Party
from commonweal.spending import actions
from commonweal.spending.actions import papers
from commonweal.spending.actions.papers import Paper
from commonweal.spending.models import Expense

MOST_FILES = 10
_SALT = "receipts"


@dataclass(frozen=True)
class Waiting:
    """A safe paper that waits for its expense: what it was called, where it lies, what it is."""

    name: str
    place: str
    media_type: str
    digest: str
    bands: list[int]

    def paper(self) -> Paper:
        """Return it as it was read."""
        with default_storage.open(self.place) as stored:
            content = stored.read()
        suffix = self.place.rpartition(".")[2]
        digest = bytes.fromhex(self.digest)
        return Paper(content, self.media_type, suffix, digest, tuple(self.bands))


@dataclass
class Uploads:
    """What waits, what was just read from new papers, and what could not be used, in words."""

    waiting: list[Waiting] = field(default_factory=list)
    fresh: list[Paper] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        """Return the word under which they wait while the form is put right."""
        return signing.dumps(self.facts, salt=_SALT) if self.waiting else ""

    @property
    def facts(self) -> list[dict[str, Any]]:
        """Return what is known of each, for a draft."""
        return [asdict(one) for one in self.waiting]


def received(request: HttpRequest) -> Uploads:
    """Return the papers of a form that was sent: those that waited, and new ones made safe."""
    uploads = Uploads(waiting_under(request.POST.get("kept", "")))
    for sent in request.FILES.getlist("receipts")[:MOST_FILES]:
        _take_in(uploads, sent)
    uploads.waiting = uploads.waiting[-MOST_FILES:]
    return uploads


def waiting_under(token: str) -> list[Waiting]:
    """Return the papers behind a word of ours that still lie there; none for a forged one."""
    try:
        return still_there(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return []


def still_there(facts: Iterable[dict[str, Any]]) -> list[Waiting]:
    """Return the papers that a draft names and that have not been thrown away."""
    return [Waiting(**one) for one in facts if default_storage.exists(one["place"])]


def attach(uploads: Uploads, expense: Expense, person: Party) -> None:
    """Give the papers that wait to their expense."""
    for one in uploads.waiting:
        actions.attach_paper(expense=expense, paper=one.paper(), name=one.name, by=person)
        default_storage.delete(one.place)


def _take_in(uploads: Uploads, sent: UploadedFile[bytes]) -> None:
    name = sent.name or _("your file")
    try:
        # One byte too many is enough to see that it is too large.
        paper = papers.read(sent.read(papers.LARGEST_BYTES + 1))
    except Refused as refusal:
        uploads.errors.append(f"{name}: {refusal.told_in(_)}")
        return
    place = f"{papers.WAITING}/{ids.uuid7()}.{paper.suffix}"
    stored = default_storage.save(place, ContentFile(paper.content))
    uploads.fresh.append(paper)
    uploads.waiting.append(
        Waiting(name, stored, paper.media_type, paper.digest.hex(), list(paper.bands))
    )
