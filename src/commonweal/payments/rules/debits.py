"""Pure rules of direct debits: mandates, days, steps, and what a bank's no means.

They follow the rulebook of the SEPA core scheme (EPC016-06).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from schwifty import IBAN
from stdnum.eu import at_02
from stdnum.exceptions import ValidationError

from commonweal.foundation.banking_days import banking_day_from
from commonweal.foundation.errors import Refused
from commonweal.hosting.rules import proper_iban

# A mandate nobody collected by for so long is no mandate any more.
LIFE_MONTHS = 36
# Without another agreement the payer hears so many days before; a day is the least that we offer.
USUAL_NOTICE, SHORTEST_NOTICE = 14, 1
# A bank wants the file on the banking day before at the latest, and not weeks ahead.
SHORTEST_LEAD, LONGEST_LEAD = 1, 14
LONGEST_CREDITOR_ID = 35
_ONE_DAY = timedelta(days=1)
_MONTHS = 12


class NotACreditorId(Refused):
    """This is not a creditor identifier. It looks like BE68ZZZ0123456789; your bank gave it."""

    status = 422


class OutsideSepa(Refused):
    """Banks of this country do not take part. Give an account in the euro payments area."""

    status = 422


class NotSoManyDays(Refused):
    """Choose between 1 and 14 days."""

    status = 422


def proper_creditor_id(typed: str) -> str:
    """Return a creditor identifier as files carry it, or refuse what is none; it may be missing."""
    if not typed.strip():
        return ""
    try:
        found = str(at_02.validate(typed))
    except ValidationError as error:
        raise NotACreditorId from error
    if len(found) > LONGEST_CREDITOR_ID:
        raise NotACreditorId
    return found


def proper_account(typed: str) -> str:
    """Return an account that can be collected from, without spaces, or refuse it."""
    found = IBAN(proper_iban(typed))
    if not found.in_sepa_zone:
        raise OutsideSepa
    return str(found)


def proper_days(days: int) -> int:
    """Return a number of days before a collection, or refuse what no bank takes."""
    if not SHORTEST_LEAD <= days <= LONGEST_LEAD:
        raise NotSoManyDays
    return days


def masked(iban: str) -> str:
    """Return what pages show of an account: its country and its last four letters."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"


def ends_on(signed_on: date, last_used_on: date | None) -> date:
    """Return the first day on which a mandate is too old to be collected by."""
    since = last_used_on or signed_on
    years, month = divmod(since.month - 1 + LIFE_MONTHS, _MONTHS)
    year, month = since.year + years, month + 1
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def collect_on(due_on: date | None, *, released_on: date, lead_days: int, notice_days: int) -> date:
    """Return the banking day of a collection.

    It is the due day, or as soon after it as the bank can and the payer heard long enough before.
    """
    soonest = released_on
    for _ in range(lead_days):
        soonest = banking_day_from(soonest + _ONE_DAY)
    told = released_on + timedelta(days=notice_days)
    return banking_day_from(max(soonest, told, due_on or released_on))


def step_of(*, is_recurrent: bool, is_used: bool) -> Literal["FRST", "RCUR", "OOFF"]:
    """Return which step of a mandate a collection is.

    Banks take RCUR for the first one too, since 2016; we say exactly what it is.
    """
    if not is_recurrent:
        return "OOFF"
    return "RCUR" if is_used else "FRST"


# There was no money that day, or the bank does not say why: it may be asked again.
_AGAIN = frozenset({"AM04", "MS03", "ED05"})
# The account, the mandate or its owner's will is gone: nobody collects by it any more.
_RESTS = frozenset({
    "AC01", "AC04", "AC06", "AC13", "AG01", "BE05", "MD01", "MD02", "MD06", "MD07", "MD16",
    "MS02", "RR04", "SL01",
})  # fmt: skip


def may_try_again(code: str) -> bool:
    """Whether a collection that a bank refused for this reason may be tried again."""
    return code in _AGAIN


def ends_mandate(code: str) -> bool:
    """Whether nobody may collect by a mandate after this answer."""
    return code in _RESTS
