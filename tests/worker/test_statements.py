"""A watched folder: what is dropped there is read, and moved aside with its reason if refused."""

import os

import pytest

from banking.conftest import DAY, EUR
from cast import IBAN
from commonweal.banking.models import BankFile, BankLine
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.worker import statements

LINE = Line(amount=EUR("-2.50"), booked_on=DAY, code="CHRG", bank_ref="1")


@pytest.fixture
def drop(commons, tmp_path, settings):
    """Drop a file that came a minute ago into the folder of Commons House."""
    settings.STATEMENTS = tmp_path
    folder = tmp_path / "commons-house"
    folder.mkdir()

    def dropped(name, content, *, age_s=60):
        path = folder / name
        path.write_bytes(content)
        when = path.stat().st_mtime - age_s
        os.utime(path, (when, when))
        return folder

    return dropped


def test_what_is_dropped_is_read_once_and_what_is_wrong_says_why(drop):
    statement = camt([LINE], account=IBAN, opening=EUR("100"))
    drop("march.xml", statement)
    drop("letter.txt", b"Dear accountant")
    folder = drop("coming.xml", statement, age_s=0)

    assert statements.read() == 1
    drop("march.xml", statement)
    assert statements.read() == 1

    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert kept == {
        "coming.xml", "read/march.xml", "read/march-2.xml", "refused/letter.txt",
        "refused/letter.txt.why.txt",
    }  # fmt: skip
    assert "no bank statement" in (folder / "refused/letter.txt.why.txt").read_text()
    assert BankFile.objects.count() == 1
    assert BankLine.objects.get().state == "placed"


def test_without_a_folder_nothing_is_read(commons, settings, tmp_path):
    settings.STATEMENTS = None
    assert statements.read() == 0

    settings.STATEMENTS = tmp_path
    assert statements.read() == 0
