"""What an update may say."""

from __future__ import annotations

from datetime import timedelta

from commonweal.foundation.errors import Refused

LONGEST_TITLE = 120
LONGEST_BODY = 20_000
LONGEST_ALT = 300
MOST_PICTURES = 6
CONFIRM_LINK_LASTS = timedelta(days=3)


class TitleMissing(Refused):
    """Give it a title first."""

    status = 422


class NothingTold(Refused):
    """Write something first."""

    status = 422


class TooLong(Refused):
    """This is too long. A title has at most 120 letters, a text at most 20,000."""

    status = 422


class NotShown(Refused):
    """This is no picture. Choose a JPEG, PNG, WebP or GIF file of up to 10 MB."""

    status = 422


class AltMissing(Refused):
    """Say in a few words what the picture shows, for those who do not see it."""

    status = 422


class TooManyPictures(Refused):
    """An update has at most six pictures. Take one away first."""

    status = 422


def proper_alt(alt: str) -> str:
    """Return what a picture shows, in one line, or refuse it."""
    tidy = " ".join(alt.split())
    if not tidy:
        raise AltMissing
    return tidy[:LONGEST_ALT]


def proper(title: str, body: str) -> tuple[str, str]:
    """Return a title on one line and a text without space around it, or refuse them."""
    tidy, told = " ".join(title.split()), body.strip()
    if not tidy:
        raise TitleMissing
    if not told:
        raise NothingTold
    if len(tidy) > LONGEST_TITLE or len(told) > LONGEST_BODY:
        raise TooLong
    return tidy, told
