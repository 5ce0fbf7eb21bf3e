"""Bank transfers: the shared contract, and what is on the transfer."""

import re
from uuid import UUID

import pytest
import segno
from stdnum import iso11649
from stdnum.be import ogm_vcs

from commonweal.foundation.money import Money
from commonweal.payments import rules
from commonweal.payments.port import ChargeRequest
from commonweal.rails.manual.rail import BankTransfer, structured_reference
from commonweal.rails.manual.templatetags import transfer
from rails.contract import *  # noqa: F403 - the contract's tests become this rail's

IBANS = {"BE": "BE71 0961 2345 6769", "FR": "FR76 3000 6000 0112 3456 7890 189"}


@pytest.fixture
def rail():
    return BankTransfer()


@pytest.fixture
def ask():
    return asking()


@pytest.fixture
def paid():
    return None


def asking(country="BE"):
    def ask(number):
        return ChargeRequest(
            key=UUID(int=number),
            amount=Money(2050, "EUR"),
            description="Gardens: Gift",
            reference=rules.reference(number),
            details={"holder": "Potager Éphémère ASBL", "iban": IBANS[country], "bic": "GKCCBEBB"},
        )

    return ask


def test_a_belgian_host_gets_a_reference_that_belgian_banks_check():
    facts = BankTransfer().start_charge(asking("BE")(7)).facts

    assert re.fullmatch(r"\+\+\+\d{3}/\d{4}/\d{5}\+\+\+", facts["reference"])
    assert ogm_vcs.is_valid(facts["reference"].strip("+"))
    assert rules.read_reference(facts["reference"]) == rules.reference(7)


def test_any_other_host_gets_a_creditor_reference():
    facts = BankTransfer().start_charge(asking("FR")(7)).facts

    assert iso11649.is_valid(facts["reference"])
    assert rules.read_reference(facts["reference"]) == rules.reference(7)


def test_check_digits_that_are_zero_are_written_as_ninety_seven():
    assert structured_reference(f"{97:010d}", "BE") == "+++000/0000/09797+++"


def payload_of(facts):
    """Write the lines of EPC069-12 version 002 by hand, as a banking app reads them."""
    reference = facts["reference"].replace(" ", "")
    structured, free = (reference, "") if reference.startswith("RF") else ("", reference)
    lines = [
        "BCD", "002", "2", "SCT", facts["bic"], facts["holder"], facts["iban"],
        "EUR20.5", "", structured, free,
    ]  # fmt: skip
    return "\n".join(lines).rstrip("\n").encode("iso-8859-1")


@pytest.mark.parametrize("country", ["BE", "FR"])
def test_the_code_says_what_the_standard_wants(country):
    facts = BankTransfer().start_charge(asking(country)(7)).facts

    code = transfer.epc_code(facts)

    expected = segno.make_qr(payload_of(facts), error="m", boost_error=False)
    assert code.error == "M"
    assert int(code.version) <= 13
    assert [bytes(row) for row in code.matrix] == [bytes(row) for row in expected.matrix]


def test_the_drawing_has_every_dark_square_once():
    facts = BankTransfer().start_charge(asking()(7)).facts
    drawn = transfer.epc_qr(facts, "a <label>")

    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1", drawn.split("qr-fg")[1])
    dark = {(int(x) + offset, int(y)) for x, y, run in runs for offset in range(int(run))}
    matrix = list(transfer.epc_code(facts).matrix_iter(border=4))
    assert dark == {
        (x, y) for y, row in enumerate(matrix) for x, square in enumerate(row) if square
    }
    assert "a &lt;label&gt;" in drawn
    assert "style=" not in drawn
