"""Whole histories verify: the demo's, and one brought along from elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commonweal.demo import actions as demo
from commonweal.demo import queries
from commonweal.foundation import clock
from commonweal.hosting.models import Host
from commonweal.importing.actions import import_open_collective_csv
from commonweal.people.models import Party
from importing.exports import BILL, GIFT, write
from transparency.conftest import seal
from verify.test_over_http import run

THEN = datetime(2024, 6, 1, tzinfo=UTC)


def test_a_demo_city_verifies_from_another_process(site, tmp_path, monkeypatch):
    few = [group for group in queries.groups() if group.declined or group.refund]
    monkeypatch.setattr(queries, "groups", lambda: few)
    demo.build(progress=lambda *_: None, until=date(2026, 11, 22), processes=1)
    seal()

    code, said = run(tmp_path / "memory", site)

    assert code == 0, said
    assert "What the pages show of" in said


@pytest.mark.django_db
def test_an_imported_history_verifies_also_where_it_was_below_zero(signed, verify):
    keeper = Party.objects.create(
        kind=Party.Kind.ORGANIZATION, slug="keeper", name="Keeper", created_at=THEN
    )
    Host.objects.create(party=keeper, currency="USD", since=THEN)
    lines = [replace(BILL, minute=1), replace(GIFT, minute=2), replace(GIFT, minute=3)]
    with clock.moved_to(THEN):
        import_open_collective_csv(file=write(lines), collective="gardens", host="keeper", by=None)
    signed()

    found = verify()

    assert found.wrong is None
    assert found.size >= 3
    assert found.claims >= 1
