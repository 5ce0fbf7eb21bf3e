"""Two accountants, two tabs, double clicks, two statements: each gift is collected once."""

from __future__ import annotations

import io

import pytest
from django.db import connection

import cast
from commonweal.banking import actions as banking
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.ledger.models import Kind, Transaction
from commonweal.payments import actions, queries
from commonweal.payments.models import Charge, Collection, CollectRun
from crash import city
from debiting import can_collect, chosen, out, signed
from spending.test_concurrency import AT_ONCE, all_at_once


@pytest.fixture
def gifts(committed, monkeypatch):
    """Return two gifts that were signed for, in a city where commits are real."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "max_size", AT_ONCE + 1)
    city.found()
    can_collect(city.commons(), city.somebody("hana"))
    return [signed(city.gardens(), city.somebody("alice"), 1000) for _ in range(2)]


def test_sixteen_who_choose_and_let_go_do_so_once_and_one_gives_up_or_takes(gifts):
    hana = city.somebody("hana")

    assert all_at_once(lambda _: chosen(city.commons(), gifts, hana)) == {
        "done": 1, "ChosenElsewhere": AT_ONCE - 1,
    }  # fmt: skip
    run = CollectRun.objects.get()
    outcomes = all_at_once(lambda _: actions.release_collection(run=run, by=hana))
    assert outcomes == {"done": 1, "RunMovedOn": AT_ONCE - 1}
    assert Collection.objects.filter(state="asked").count() == 2

    def act(number: int) -> object:
        if number % 2:
            return actions.cancel_collection(run=run, by=hana)
        return actions.take_collection_file(run=run, by=hana)

    all_at_once(act)

    run.refresh_from_db()
    states = set(Collection.objects.values_list("state", flat=True))
    assert (run.status, states) in [("sent", {"asked"}), ("cancelled", {"freed"})]


def test_a_lump_that_sixteen_read_settles_each_gift_once(gifts):
    hana = city.somebody("hana")
    run = out(city.commons(), gifts, hana)
    line = Line(
        amount=Money(2000, "EUR"), booked_on=run.collections.first().collect_on,
        text=run.uuid.hex, bank_ref="L1",
    )  # fmt: skip
    statement = camt([line], account=cast.IBAN, opening=None, kind="054")

    def read(_: int) -> None:
        banking.take(host=city.commons(), name="b", content=io.BytesIO(statement), by=None)
        banking.place_new(host=city.commons(), by=None)

    all_at_once(read)

    assert set(Charge.objects.values_list("state", flat=True)) == {"settled"}
    assert sum(Contribution.objects.values_list("received_minor", flat=True)) == 2000
    assert Transaction.objects.filter(kind=Kind.CONTRIBUTION).count() == 2
    assert not queries.unexplained()
