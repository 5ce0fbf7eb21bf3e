"""Made-up exports in Open Collective's older format, with its float noise and its CRLF."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

TODAY = datetime(2024, 6, 1, tzinfo=UTC).date()
_START = datetime(2021, 3, 1, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One row before it is written; amounts in cents, fees negative."""

    amount: int
    host_fee: int = 0
    platform_fee: int = 0
    processor_fee: int = 0
    description: str = "Financial contribution to Gardens"
    name: str = "Nora"
    profile: str = "http://opencollective.com/nora"
    minute: int = 0
    interval: str = "one time"
    tags: str = ""

    @property
    def net(self):
        return self.amount + self.host_fee + self.platform_fee + self.processor_fee


def header(currency="USD"):
    return [
        "Transaction Description", "User Name", "User Profile", "Transaction Date",
        "Collective Currency", "Host Currency", "Transaction Amount", f"Host Fee ({currency})",
        f"Open Collective Fee ({currency})", f"Payment Processor Fee ({currency})",
        f"Net Amount ({currency})", "Subscription Interval", "Order Date", "Tags",
        "Running Balance", "UserName",
    ]  # fmt: skip


def write(lines: Sequence[Line], *, currency="USD", newest_first=True) -> bytes:
    """Return the file in which these lines, oldest first, are the whole history."""
    written, running = [], 0.0
    for line in lines:
        running += line.net / 100
        written.append(_record(line, running, currency))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header(currency), *(written[::-1] if newest_first else written)])
    return out.getvalue().encode()


def _record(line, running, currency):
    at = (_START + timedelta(minutes=line.minute)).strftime("%Y-%m-%d %H:%M:%S")
    money = [line.amount, line.host_fee, line.platform_fee, line.processor_fee, line.net]
    return [
        line.description, line.name, line.profile, at, currency, currency,
        *(str(cents / 100) for cents in money), line.interval, at[:10] + " 00:00:00",
        line.tags, str(running), "",
    ]  # fmt: skip


GIFT = Line(2000, host_fee=-100, platform_fee=-100, processor_fee=-88)
BILL = Line(
    -1250, processor_fee=-12, description="Seeds and soil", name="Bob",
    profile="http://opencollective.com/bob", tags="supplies & materials",
)  # fmt: skip

_names = st.sampled_from(["Nora", "Bob", "Ünal & Sons", 'The "Friends"', "", "Incognito"])
_profiles = st.sampled_from(["nora", "bob", "unal", "friends", "incognito-77"]).map(
    lambda slug: f"http://opencollective.com/{slug}"
)


@st.composite
def lines(draw) -> Line:
    """Give, pay out, refund or transfer some amount with some fees."""
    what = draw(st.sampled_from([
        "Financial contribution to Gardens", "Monthly financial contribution to Gardens (Friend)",
        "Seeds, soil; “more”", "Refund of Financial contribution to Gardens",
        "Financial contribution to Another Group", "=2+5", "",
    ]))  # fmt: skip
    fees = st.integers(-5_000, 500)
    return Line(
        amount=draw(st.integers(-300_000, 300_000)), host_fee=draw(fees),
        platform_fee=draw(st.just(0) | fees), processor_fee=draw(fees), description=what,
        name=draw(_names), profile=draw(_profiles | st.just("")),
        interval=draw(st.sampled_from(["one time", "month", "year"])),
        tags=draw(st.sampled_from(["", "travel", "engineering", "web services, travel", "odd"])),
    )  # fmt: skip


@st.composite
def histories(draw, *, longest=12) -> list[Line]:
    """Whole histories, oldest first; neighbours may be twins of the same second."""
    found, minute = [], 0
    for line in draw(st.lists(lines(), min_size=1, max_size=longest)):
        minute += draw(st.sampled_from([0, 1, 1500]))
        found.append(Line(**{**vars(line), "minute": minute}))
    return found
