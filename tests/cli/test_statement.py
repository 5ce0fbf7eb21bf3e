"""`commonweal import statement`: what the person at the keyboard reads."""

import pytest

from banking.conftest import DAY, EUR
from cast import IBAN
from commonweal.banking.rules.statements import Line
from commonweal.cli.main import main
from commonweal.demo.statements import camt

LINE = Line(amount=EUR("-2.50"), booked_on=DAY, code="CHRG", bank_ref="1")


@pytest.fixture
def bring(commons, tmp_path, capsys):
    def run(content, host="commons-house", opening="100"):
        path = tmp_path / "march.xml"
        path.write_bytes(content)
        with pytest.raises(SystemExit) as left:
            main(["import", "statement", str(path), "--host", host])
        said = capsys.readouterr()
        return left.value.code, said.out + said.err

    return run


def test_a_statement_is_taken_in_and_what_came_of_it_is_said(bring):
    first = camt([LINE], account=IBAN, opening=EUR("100"))
    later = camt([], account=IBAN, opening=EUR("99"), on=DAY)

    assert bring(first)[1].startswith("1 new lines, 0 known before, 0 only announced.\n1 lines pl")
    assert "was here already" in bring(first)[1]
    assert "does not begin where the one before ended" in bring(later)[1]


def test_what_cannot_be_read_is_said(bring, tmp_path):
    code, said = bring(b"Dear accountant")
    assert (code, "no bank statement" in said) == (2, True)
    assert bring(b"x", host="nobody") == (2, "No host has this name here.\n")
    with pytest.raises(SystemExit):
        main(["import", "statement", str(tmp_path / "no"), "--host", "commons-house"])
