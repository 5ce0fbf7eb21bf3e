from functools import partial

import pytest

from commonweal.foundation.money import Money
from commonweal.giving import actions, queries
from commonweal.payments.models import Charge

EUR = partial(Money.parse, currency="EUR")


def test_a_quote_adds_up_to_the_cent(gardens):
    quote = queries.quote(gardens, EUR("10.00"), "sandbox")

    assert (quote.rail_fee, quote.host_fee, quote.net) == (EUR("0.39"), EUR("0.50"), EUR("9.11"))
    assert quote.host_name == "Commons House"


def test_a_quote_is_what_happens(arrived, gardens, holds):
    quote = queries.quote(gardens, EUR("33.33"), "transfer")

    arrived("33.33")

    assert holds("FUNDS", party=gardens) == quote.net
    assert holds("HOST_FEES") == quote.host_fee


def test_the_desk_sees_the_transfers_it_waits_for_and_no_others(
    promised, paid_by_card, arrived, commons
):
    waiting = promised("12.00")
    promised(rail="sandbox")
    arrived()

    [found] = queries.waiting_transfers(commons)

    assert (found.contribution, found.amount) == (waiting, EUR("12.00"))
    assert queries.waiting_count(commons) == 1


def test_the_desk_sees_what_it_has_to_send_back(arrived, commons, carol):
    contribution = actions.refund(contribution=arrived("9.00"), amount=EUR("4.00"), by=carol)

    [found] = queries.waiting_returns(commons)

    assert (found.contribution, found.to_send_back) == (contribution, EUR("4.00"))


def test_what_a_person_gave_is_listed_for_them_alone(arrived, alice, dan):
    gift = arrived()

    assert list(queries.contributions_of(alice)) == [gift]
    assert not queries.contributions_of(dan).exists()


def test_a_gift_without_a_charge_was_paid_elsewhere(promised):
    contribution = promised("20.00")
    Charge.objects.all().delete()

    with pytest.raises(queries.PaidElsewhere):
        queries.charge_of(contribution)
