"""What a host's money handlers do with gifts, and nobody else."""

import pytest

from commonweal.foundation import clock
from commonweal.giving import queries
from commonweal.ledger.actions import let_fall_below
from commonweal.ledger.models import Purpose
from commonweal.ledger.queries import account_of
from commonweal.payments.models import Charge

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    return {"amount": "20.00", "arrived_on": clock.today().isoformat()}


@pytest.mark.parametrize("page", ["arrived", "refund"])
def test_strangers_and_the_group_itself_are_refused(gift, browse, dan, bob, page):
    path = f"/contributions/{gift().secret}/{page}"

    for reader in (None, dan, bob):
        assert browse(reader).get(path).status_code == 403
        assert browse(reader).post(path).status_code == 403


def test_an_accountant_confirms_what_the_bank_shows(gift, browse, carol, form):
    found = gift()
    path = f"/contributions/{found.secret}/arrived"
    assert browse(carol).get(path).status_code == 200

    for _ in range(2):  # a double click
        answer = browse(carol).post(path, form | {"amount": "19,50"})
        assert answer["Location"] == "/commons-house/hosting"

    found.refresh_from_db()
    assert (found.status, found.received_minor) == ("settled", 1950)


@pytest.mark.parametrize(
    "typed",
    [
        {"amount": "0"}, {"amount": "x"}, {"amount": ""}, {"arrived_on": ""},
        {"arrived_on": "2999-01-01"}, {"arrived_on": "yesterday"},
    ],
)  # fmt: skip
def test_what_cannot_have_arrived_is_said(gift, browse, carol, form, typed):
    found = gift()

    page = browse(carol).post(f"/contributions/{found.secret}/arrived", form | typed)

    assert page.status_code == 422
    found.refresh_from_db()
    assert found.status == "pledged"


def test_a_gift_is_given_back_with_a_reason(gift, browse, carol):
    found = gift("settled", rail="sandbox")
    path = f"/contributions/{found.secret}/refund"
    assert browse(carol).get(path).status_code == 200

    browse(carol).post(path, {"amount": "20.00", "reason": "A mistake"})

    found.refresh_from_db()
    assert found.status == "refunded"
    assert queries.charge_of(found).state == Charge.State.REFUNDED


@pytest.mark.parametrize(
    "typed", [{"amount": "20.01"}, {"amount": "0"}, {"reason": ""}, {"amount": "-5"}]
)
def test_no_more_than_the_gift_and_never_without_a_reason(gift, browse, carol, typed):
    found = gift("settled")
    form = {"amount": "20.00", "reason": "A mistake"} | typed

    page = browse(carol).post(f"/contributions/{found.secret}/refund", form)

    assert page.status_code == 422
    found.refresh_from_db()
    assert found.status == "settled"


def test_a_transfer_back_is_confirmed_at_the_desk(gift, browse, carol):
    found = gift("refunded")

    for _ in range(2):
        browse(carol).post(f"/contributions/{found.secret}/sent-back")

    assert queries.charge_of(found).state == Charge.State.REFUNDED
    assert "was sent back" in browse().get(f"/contributions/{found.secret}").text


def test_a_part_is_given_back_and_shown_before_and_after(gift, browse, carol, gardens):
    found = gift("settled", rail="sandbox")
    path = f"/contributions/{found.secret}/refund"

    page = browse(carol).post(path, {"amount": "5", "show": "1"})

    assert page.status_code == 200
    for part in ("€4.62", "€0.25", "€0.13"):
        assert part in page.text
    browse(carol).post(path, {"amount": "5", "reason": "Too much"})
    shown = browse().get(f"/contributions/{found.secret}").text
    assert "€5.00" in shown
    assert "€15.00" in shown


def test_a_pot_that_was_spent_cannot_give_back(gift, browse, carol, gardens, commons):
    found = gift("settled")
    freeze_floor(gardens, commons)

    page = browse(carol).post(
        f"/contributions/{found.secret}/refund", {"amount": "20.00", "reason": "A mistake"}
    )

    assert page.status_code == 422
    assert "a part was spent" in page.text
    assert "A mistake" in page.text
    found.refresh_from_db()
    assert found.status == "settled"


def freeze_floor(gardens, commons):
    """Let the pot of Gardens keep what it holds, as if the rest were spent."""
    pot = account_of(Purpose.FUNDS, party=gardens.pk, host=commons.pk, currency="EUR")
    let_fall_below(account=pot, floor=1000)
