"""Direct debits: the shared contract, and who signs first."""

from uuid import UUID

import pytest

from commonweal.foundation.money import Money
from commonweal.payments.port import ChargeRequest
from commonweal.rails.sepa.rail import DirectDebit
from rails.contract import *  # noqa: F403 - the contract's tests become this rail's


@pytest.fixture
def rail():
    return DirectDebit()


@pytest.fixture
def ask():
    return asking


@pytest.fixture
def paid():
    return None


def asking(number, **details):
    return ChargeRequest(
        key=UUID(int=number),
        amount=Money(2050, "EUR"),
        description="Gardens: Gift",
        reference=str(number),
        return_url=f"https://example.org/charges/{UUID(int=number)}",
        details=details,
    )


def test_who_has_not_signed_is_led_to_the_mandate(rail):
    step = rail.start_charge(asking(1))

    assert (step.kind, step.url) == ("redirect", asking(1).return_url + "/mandate")


def test_who_has_signed_waits_and_sees_by_which_mandate(rail):
    step = rail.start_charge(asking(1, mandate="CW-1", account="BE•• •••• 7034"))

    assert (step.kind, step.template) == ("show", "sepa/waiting.html")
    assert step.facts == {"mandate": "CW-1", "account": "BE•• •••• 7034"}


def test_a_direct_debit_pays_nobody_out(rail):
    with pytest.raises(NotImplementedError):
        rail.send_payout([])
