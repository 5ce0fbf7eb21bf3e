"""A made-up year of one host's bank, with what people get wrong, and what each line truly is for.

Promises of each month and of once; references that are missing, mistyped or somebody else's; double
payments, transfers for two gifts, gifts the bank takes back; statements that overlap, and three
banks' dialects one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from banking import dialects
from cast import IBAN
from commonweal.banking.rules.statements import Line
from commonweal.collectives.models import Collective
from commonweal.demo.statements import camt
from commonweal.foundation import clock, ids
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.payments import rules as payments
from commonweal.payments.models import Charge
from commonweal.people.models import Party
from commonweal.rails.manual.rail import structured_reference

FIRST = date(2025, 1, 6)
OPENING = Money(1_000_00, "EUR")
MINOR = [500, 750, 1000, 1500, 2000, 2500, 5000]
OVERLAP = timedelta(days=2)


@dataclass
class Promise:
    """A promise, who pays it from where, and whether the bank has shown its payer before."""

    contribution: Contribution
    reference: str
    iban: str
    name: str
    interval: str
    minor: int
    is_known: bool = False
    has_ended: bool = False


@dataclass
class Year:
    """Lines with their truth by the bank's reference: the promises paid, or () for "ask"."""

    lines: list[Line] = field(default_factory=list)
    truth: dict[str, tuple[int, ...] | str] = field(default_factory=dict)

    def add(self, line: Line, truth: tuple[int, ...] | str) -> None:
        """Add a line and what it truly is."""
        ref = f"T{len(self.lines):06}"
        self.lines.append(replace(line, bank_ref=ref))
        self.truth[ref] = truth


def promises(host: Host, groups: list[Collective], count: int) -> list[Promise]:
    """Make promises of as many people, in bulk: two thirds for each month."""
    now = clock.now()
    people = Party.objects.bulk_create(
        [
            Party(kind="person", name=_name(n), slug=f"giver-{n}", created_at=now)
            for n in range(count)
        ]
    )
    drawn = Random(count)
    rows = Contribution.objects.bulk_create(
        [
            Contribution(
                public_id=ids.readable(16), secret=ids.readable(16),
                collective=groups[n % len(groups)], contributor=person, given_by=person,
                interval="once" if n % 3 == 0 else "month",
                amount_minor=drawn.choice(MINOR), currency="EUR", host_fee_ppm=50_000,
                rail="transfer", created_at=now,
            )
            for n, person in enumerate(people)
        ]
    )  # fmt: skip
    charges = Charge.objects.bulk_create(
        [
            Charge(
                uuid=ids.uuid7(), subject=f"contribution:{row.pk}", host=host, rail="transfer",
                amount_minor=row.amount_minor, currency="EUR", state="pending",
                refs={"contribution": row.public_id}, created_at=now,
            )
            for row in rows
        ]
    )  # fmt: skip
    for charge in charges:
        charge.reference = payments.reference(charge.pk)
    Charge.objects.bulk_update(charges, ["reference"])
    return [
        Promise(
            contribution=row,
            reference=structured_reference(charge.reference, "BE" if n % 4 else "NL"),
            iban=f"BE{n % 97:02}{n:012}",
            name=_name(n),
            interval=row.interval,
            minor=row.amount_minor,
        )
        for n, (row, charge) in enumerate(zip(rows, charges, strict=True))
    ]


def lived(all_of_them: list[Promise], *, months: int, seed: int) -> Year:
    """Live through some months, day by day."""
    draw, year = Random(seed), Year()
    monthly = [one for one in all_of_them if one.interval == "month"]
    once = [one for one in all_of_them if one.interval == "once"]
    draw.shuffle(once)
    each = -(-len(once) // months)
    for month in range(months):
        start = FIRST + timedelta(days=30 * month)
        due = [
            (start + timedelta(days=n % 24), one)
            for n, one in enumerate(monthly)
            if not one.has_ended
        ]
        due += [
            (start + timedelta(days=draw.randrange(24)), one)
            for one in once[month * each : (month + 1) * each]
        ]
        for day, one in sorted(due, key=lambda pair: (pair[0], pair[1].reference)):
            _pay(year, draw, day, one, monthly)
        end = start + timedelta(days=28)
        year.add(_line(-250, end, code="CHRG"), "own")
        year.add(
            _line(-draw.randrange(1000, 90_000), end, name="Garage", iban="NL91ABNA0417164300"), ()
        )
        year.add(_line(3333, end, name="Somebody", iban=f"FR{month:02}", text="merci"), ())
    year.lines.sort(key=lambda line: (line.booked_on, line.bank_ref))
    return year


def _pay(year: Year, draw: Random, day: date, one: Promise, others: list[Promise]) -> None:
    """Let one promise be paid on a day, as people pay."""
    luck, mine = draw.random(), (one.contribution.pk,)
    gift = _line(one.minor, day, name=one.name, iban=one.iban)
    unclear = mine if one.is_known and one.interval == "month" else ()
    if luck < 0.70:
        year.add(replace(gift, reference=one.reference), mine)
    elif luck < 0.80:
        year.add(replace(gift, text=f"gift {_loosely(one.reference, draw)} thanks"), mine)
    elif luck < 0.88:
        year.add(replace(gift, text=f"gift {_mistyped(one.reference, draw)}"), unclear)
    elif luck < 0.95:
        year.add(replace(gift, text="with love"), unclear)
    elif luck < 0.97:
        year.add(replace(gift, reference=one.reference), mine)
        year.add(replace(gift, reference=one.reference, booked_on=day + timedelta(days=2)), ())
    elif luck < 0.985 and one.is_known and one.interval == "month":
        other = draw.choice([each for each in others if each is not one and not each.has_ended])
        year.add(replace(gift, reference=other.reference), ())
        return
    else:
        year.add(replace(gift, reference=one.reference), mine)
        back = replace(gift, amount=-gift.amount, reason="MD06", is_return=True)
        year.add(replace(back, booked_on=day + timedelta(days=3)), "gift_back")
        one.has_ended = True  # whoever takes a payment back ends the promise
        return
    one.is_known = one.is_known or bool(year.truth[year.lines[-1].bank_ref]) or luck >= 0.95


def statements(year: Year) -> Iterator[tuple[str, bytes]]:
    """Give the year as weekly files that overlap, from three banks one after the other."""
    first, last = year.lines[0].booked_on, year.lines[-1].booked_on
    week, number = first, 0
    while week <= last:
        number += 1
        start, end = week - OVERLAP, week + timedelta(days=6)
        lines = [one for one in year.lines if start <= one.booked_on <= end]
        opening = sum((one.amount for one in year.lines if one.booked_on < start), start=OPENING)
        if lines:
            yield from _written(lines, opening, number, share=(week - first) / (last - first))
        week += timedelta(days=7)


def _written(
    lines: list[Line], opening: Money, number: int, *, share: float
) -> Iterator[tuple[str, bytes]]:
    facts = {"account": IBAN, "opening": opening, "number": number}
    if share < 0.3:
        yield f"{number}.xml", camt(lines, **facts)
    elif share < 0.55:
        yield (
            f"{number}-052.xml",
            camt(lines[: len(lines) // 2], kind="052", **facts | {"opening": None}, version=6),
        )
        yield f"{number}.xml", camt(lines, version=8, **facts)
    elif share < 0.8:
        yield f"{number}.sta", dialects.mt940(lines, **facts)
    else:
        yield f"{number}.cod", dialects.coda(lines, **facts)


def _line(minor: int, day: date, **more: str) -> Line:
    return Line(amount=Money(minor, "EUR"), booked_on=day, **more)


def _loosely(reference: str, draw: Random) -> str:
    plain = reference.strip("+")
    return draw.choice([
        plain.replace("/", " "), plain.replace("/", "-"), plain.replace("/", "").replace(" ", ""),
        plain.replace("0", "O", 1), plain.lower(),
    ])  # fmt: skip


def _mistyped(reference: str, draw: Random) -> str:
    at = draw.choice([n for n, one in enumerate(reference) if one.isdigit() and n > 4])
    return (
        f"{reference[:at]}{(int(reference[at]) + draw.randrange(1, 9)) % 10}{reference[at + 1 :]}"
    )


def _name(number: int) -> str:
    first = ("Ana", "Bart", "Chloé", "Driss", "Eva", "Fatou", "Gert", "Hilde", "Imane", "Jules")
    return f"{first[number % 10]} Nº{number}"
