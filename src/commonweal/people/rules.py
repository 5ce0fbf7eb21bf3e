"""What a slug may be, how long invitations last, and how names are kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta

from commonweal.foundation.errors import Refused
from commonweal.foundation.text import slug

INVITATION_LASTS = timedelta(days=30)
SIGN_IN_LINK_LASTS = timedelta(minutes=10)
LONGEST_NAME = 120
LONGEST_ADDRESS = 254
LONGEST_SLUG = 60
SHORTEST_SLUG = 2
ERASED_NAME = "Someone"
UNNAMED = "someone-new"
_ROOM_FOR_A_NUMBER = 8
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")

# First words of addresses that are pages of ours, or that people could take for one.
_PAGES = """
about accept account accounts admin api apply asks assets auth blog calendar categories charges
checkpoint cities city collectives commonweal compare contact contribute contributions cookies costs
create dashboard demo desk developers discover docs documents donate download embed en error events
everyone expenses explore export favicon feed feeds files first-run fr gifts give goals graphql
group groups guest health help home hooks host hosting hosts imprint incognito index invitation
invitations invite language languages ledger legal log log-out login logout mail mailbox manifest
map me media messages money new news nl nobody node oauth oc open opensearch organization
organizations pages papers passkey passkeys pay payments people place places platform playbooks
policy press pretend-bank privacy profile profiles projects proposals public rails ready receipts
register report robots root rss sandbox search security session sessions settings sign-in sign-out
sign-up signin signout signup sitemap someone staff start static statistics stats status style
stylesheet support system tag tags terms themes tickets tiers tile tiles transactions transparency
trash updates verify vote votes webhook webhooks welcome well-known widget widgets www
"""
RESERVED = frozenset(_PAGES.split())


class NameMissing(Refused):
    """A name is needed. Type how you or your group should be called."""


class NotAnAddress(Refused):
    """This is not an e-mail address. Type one such as nadia@example.org."""


def is_slug(word: str) -> bool:
    """Whether a party may have this slug: small letters, digits, single dashes, no page's word."""
    fits = SHORTEST_SLUG <= len(word) <= LONGEST_SLUG and slug(word, longest=LONGEST_SLUG) == word
    return fits and word not in RESERVED and not word.isdigit()


def slugs_for(name: str) -> Iterator[str]:
    """Give the slugs that fit a name, best first and without end; none is reserved."""
    stem = slug(name, longest=LONGEST_SLUG) or UNNAMED
    short = stem[: LONGEST_SLUG - _ROOM_FOR_A_NUMBER].strip("-")
    numbered = (f"{short}-{number}" for number in itertools.count(2))
    return (word for word in itertools.chain([stem], numbered) if is_slug(word))


def proper_name(name: str) -> str:
    """Return a typed name with single spaces and no control characters, or refuse an empty one."""
    visible = "".join(sign for sign in name if sign.isprintable() or sign.isspace())
    tidy = " ".join(visible.split())[:LONGEST_NAME].strip()
    if not tidy:
        raise NameMissing
    return tidy


def proper_address(email: str) -> str:
    """Return an e-mail address in the form we keep, or refuse what is none."""
    address = email.strip().lower()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise NotAnAddress
    return address
