"""What a euro was worth, from the file of the European Central Bank: read strictly, kept once."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.activity.models import Fact
from commonweal.importing.actions import import_rates
from commonweal.importing.rules import rates
from commonweal.importing.rules.problems import WrongFile
from commonweal.ledger.models import Rate

TODAY = date(2026, 11, 24)
FILE = (
    b"Date,USD,ISK,CYP,MXN,\n"
    b"2018-01-03,1.2023,N/A,N/A,23.1,\n"
    b"2018-01-02,1.2065,125.5,0.58231,N/A,\n"
)


def test_the_banks_file_is_read_exactly_and_only_for_currencies_we_know() -> None:
    found = {(one.currency, one.day.day): (one.numerator, one.denominator)
             for one in rates.read(FILE, today=TODAY)}  # fmt: skip

    assert found == {
        ("USD", 3): (12023, 10000), ("MXN", 3): (231, 10), ("USD", 2): (2413, 2000),
        ("ISK", 2): (251, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "empty"),
        (b"\r\n\r\n", 1, "This is not the file"),
        (b"PK\x03\x04", 1, "zip archive"),
        (b"Date, USD, JPY, \n28 November 2026, 1.1, 175.68, \n", 1, "This is not the file"),
        (b"Date,USD,USD\n2018-01-02,1,1\n", 1, "This is not the file"),
        (b"Date,ABC\n2018-01-02,1\n", 1, "This is not the file"),
        (b"Date,EUR\n2018-01-02,1\n", 1, "This is not the file"),
        (b"Date,USD,\n", 2, "no rate"),
        (FILE + b"2018-01-02,1.2,N/A,N/A,N/A,\n", 4, "2018-01-02 is there twice"),
        (FILE + b"2018-01-01,1.2,N/A\n", 4, "3 cells instead of 5"),
        (FILE + b"\n2018-01-01,1.2,N/A,N/A,N/A,\n", 4, "0 cells instead of 5"),
        (FILE + b"2018-02-30,1.2,N/A,N/A,N/A,\n", 4, "not a day"),
        (FILE + b"20180201,1.2,N/A,N/A,N/A,\n", 4, "not a day"),
        (FILE + b"2026-11-25,1.2,N/A,N/A,N/A,\n", 4, "not a day"),
        (FILE + b"1998-12-31,1.2,N/A,N/A,N/A,\n", 4, "not a day"),
        (FILE.replace(b"1.2023", b"-1.2"), 2, "not what a euro can be worth in USD"),
        (FILE.replace(b"1.2023", b"0.00"), 2, "not what a euro can be worth in USD"),
        (FILE.replace(b"1.2023", b"1e9"), 2, "not what a euro can be worth in USD"),
        (FILE.replace(b"1.2023", b""), 2, "not what a euro can be worth in USD"),
        (FILE.replace(b"1.2023", "١".encode()), 2, "not what a euro can be worth in USD"),
        (FILE.replace(b"1.2023", b'"1.2'), 2, "cut off or damaged"),
        (FILE.replace(b"1.2023", b"1\0"), 2, "zero byte"),
        (FILE.replace(b"1.2023", b"\xff"), 2, "not UTF-8"),
    ],
)
def test_what_is_not_the_banks_file_is_refused_with_its_line(
    data: bytes, line: int, says: str
) -> None:
    with pytest.raises(WrongFile) as refusal:
        rates.read(data, today=TODAY)

    assert refusal.value.problems[0].line == line
    assert says in str(refusal.value)


@pytest.mark.django_db
def test_rates_are_kept_once_and_never_rewritten() -> None:
    before = Rate.objects.count()

    first, again = import_rates(file=FILE, by=None), import_rates(file=FILE, by=None)
    with pytest.raises(WrongFile, match="another amount of USD"):
        import_rates(file=FILE.replace(b"1.2023", b"1.3") + b"2018-01-01,1,1,1,1,\n", by=None)

    assert (first.rates, first.new, first.currencies, first.until) == (4, 4, 3, date(2018, 1, 3))
    assert (again.new, Rate.objects.count()) == (0, before + 4)
    assert Fact.objects.filter(kind="rates.imported").count() == 1


@pytest.mark.django_db
def test_the_rates_that_came_along_are_those_of_the_bank() -> None:
    dollar = Rate.objects.get(currency="USD", day=date(2026, 10, 30))

    assert (dollar.numerator * 10_000, str(dollar)) == (
        11172 * dollar.denominator, "USD on 2026-10-30",
    )  # fmt: skip
    assert Rate.objects.values("currency").distinct().count() == 13
