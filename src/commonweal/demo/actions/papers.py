"""Papers of the demo city: hosts with imprints, last year's donation receipts, and an invoice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from django.db.models import QuerySet

from commonweal.demo.actions.city import City, Host
from commonweal.demo.rules import SEED
from commonweal.foundation import clock
from commonweal.giving.models import Contribution
from commonweal.papers import actions, tasks
from commonweal.papers.models import Kind
from commonweal.papers.queries import sheets
from commonweal.people import queries as people
from commonweal.people.models import Party

_STREETS = ("Rue Haute", "Rue de Flandre", "Chaussée d’Anvers", "Rue Gallait", "Zavelstraat")
_TOWNS = ("1000 Bruxelles", "1030 Schaerbeek", "1080 Molenbeek-Saint-Jean", "1060 Saint-Gilles")
_RECEIPTS = 5


def write_papers(city: City) -> None:
    """Let hosts say who they are, and the first one give out what it owes for last year."""
    year = city.until.year - 1
    hosts = list(city.hosts.values())
    with clock.moved_to(datetime(city.until.year, 1, 8, 9, tzinfo=UTC)):
        for host in hosts:
            _imprint(host, recognised=host is hosts[0], year=year)
        _give_out(hosts[0], year)
    _receipts(hosts[0])
    _invoice(hosts)


def _imprint(host: Host, *, recognised: bool, year: int) -> None:
    draw = _draw(host.host.party)
    actions.set_imprint(
        host=host.host,
        legal_name=host.host.party.name,
        address=_address(draw),
        number=_enterprise(draw),
        vat_words="VAT: not subject, article 44 of the VAT code.",
        signed_by=f"{host.admin.name}, administrator",
        in_belgium=recognised,
        belgian_reference=f"EE/{draw.randint(100, 999)}.{draw.randint(100, 999)}",
        belgian_since=date(year - 1, 1, 1),
        belgian_until=date(year + 4, 12, 31),
        by=host.admin,
    )


def _give_out(host: Host, year: int) -> None:
    """Let all who sign in say how they stand on papers, then give out the year's receipts."""
    for giver in sheets.givers_after(host.host, 0, 10_000):
        by = giver if hasattr(giver, "login") else people.admins(giver).first()
        if by is not None:
            draw = _draw(giver)
            is_person = giver.kind == Party.Kind.PERSON
            number = _national(draw) if is_person else _enterprise(draw)
            actions.set_details(
                party=giver, name=giver.name, address=_address(draw), number=number, by=by
            )
    actions.start_round(host=host.host, kind=Kind.BELGIAN, year=year, by=host.accountant)
    tasks.carry_on()


def _receipts(host: Host) -> None:
    """Let some of those who gave lately ask for their receipts."""
    for gift in _gifts(host).exclude(contributor__login=None).filter(incognito=False)[:_RECEIPTS]:
        charge = sheets.charges_of(gift)[0]
        actions.give_receipt(charge=charge, by=gift.contributor)


def _invoice(hosts: list[Host]) -> None:
    """Let the organization that gave last ask for an invoice."""
    for host in hosts:
        gift = _gifts(host).filter(contributor__kind=Party.Kind.ORGANIZATION).first()
        by = people.admins(gift.contributor).first() if gift else None
        if gift is None or by is None:
            continue
        draw = _draw(gift.contributor)
        actions.set_details(
            party=gift.contributor, name=gift.contributor.name, address=_address(draw),
            number=_enterprise(draw), by=by,
        )  # fmt: skip
        actions.give_invoice(charge=sheets.charges_of(gift)[0], by=by)
        return


def _gifts(host: Host) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(
        collective__hostings__host=host.host, collective__hostings__until=None, status="settled"
    )
    return found.select_related("contributor__login", "collective", "tier").order_by("-settled_at")


def _address(draw: Random) -> str:
    return f"{draw.choice(_STREETS)} {draw.randint(1, 240)}\n{draw.choice(_TOWNS)}"


def _national(draw: Random) -> str:
    """Return a made-up national number of somebody born before 2000, right in its form."""
    day = f"{draw.randint(50, 99)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
    body = f"{day}{draw.randint(1, 997):03}"
    return f"{body}{97 - int(body) % 97:02}"


def _enterprise(draw: Random) -> str:
    """Return a made-up Belgian enterprise number, right in its form."""
    body = f"0{draw.randint(4_000_000, 7_999_999)}"
    return f"{body}{97 - int(body) % 97:02}"


def _draw(party: Party) -> Random:
    return Random(f"{SEED} papers {party.name}")
