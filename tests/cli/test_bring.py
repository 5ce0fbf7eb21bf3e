"""`commonweal import`: what the person at the keyboard reads, and which exit code follows."""

from __future__ import annotations

import sys

import pytest

from commonweal.cli.main import main
from commonweal.foundation import clock
from commonweal.hosting.models import Host
from commonweal.ledger.models import Transaction
from commonweal.people.models import Party
from importing.exports import BILL, GIFT, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keeper():
    return host("keeper")


def host(slug):
    kind = Party.Kind.ORGANIZATION
    party = Party.objects.create(kind=kind, slug=slug, name=slug.title(), created_at=clock.now())
    return Host.objects.create(party=party, since=clock.now())


@pytest.fixture
def bring(tmp_path):
    def bring(content, *options):
        path = tmp_path / "transactions.csv"
        path.write_bytes(content)
        words = ["import", "open-collective-csv", str(path), "--collective", "gardens", *options]
        with pytest.raises(SystemExit) as left:
            main(words)
        return left.value.code

    return bring


def test_an_import_says_what_it_did_and_how_fast(bring, capsys):
    assert bring(write([GIFT, BILL]), "--host", "keeper") == 0

    said = capsys.readouterr().out
    assert "2 rows read for gardens, 2 of them new. It is new here." in said
    assert "1 contribution, 1 expense; 2 people were not here before." in said
    assert "balance is 4.50 USD" in said
    assert "rows per second" in said


def test_a_second_import_says_that_nothing_is_new(bring, capsys):
    bring(write([GIFT]), "--host", "keeper")
    assert bring(write([GIFT])) == 0
    assert "1 row read for gardens, 0 of them new." in capsys.readouterr().out
    assert Transaction.objects.count() == 1


def test_a_dry_run_says_that_nothing_was_stored(bring, capsys):
    assert bring(write([GIFT]), "--host", "keeper", "--dry-run") == 0
    assert "nothing was stored" in capsys.readouterr().out
    assert not Transaction.objects.exists()


def test_a_wrong_file_is_refused_line_by_line_with_code_2(bring, capsys):
    assert bring(write([GIFT, BILL, GIFT]).replace(b"-12.62", b"-12.61"), "--host", "keeper") == 2

    said = capsys.readouterr().err
    assert "Line 3: The amount and its fees make -12.62 USD" in said
    assert said.endswith("Nothing was stored.\n")


def test_the_only_host_needs_no_naming(bring, capsys):
    assert bring(write([GIFT])) == 0
    assert "It is new here." in capsys.readouterr().out


def test_one_of_two_hosts_has_to_be_named(bring, capsys):
    host("other-keeper")

    assert bring(write([GIFT])) == 2

    said = capsys.readouterr().err
    assert "Say which host held its money" in said
    assert "Here are: keeper, other-keeper." in said


def test_a_host_that_is_not_here_is_refused(bring, capsys):
    assert bring(write([GIFT]), "--host", "nobody") == 2
    assert "no host with this name" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main(["import", "open-collective-csv", str(tmp_path / "no.csv"), "--collective", "gardens"])
    assert left.value.code == 2
    assert "no.csv cannot be read: No such file" in capsys.readouterr().err


def test_a_bar_is_drawn_on_a_terminal_alone(bring, capsys, monkeypatch):
    bring(write([GIFT]), "--host", "keeper", "--dry-run")
    assert capsys.readouterr().err == ""

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bring(write([GIFT]), "--host", "keeper")
    assert "░ 0 of 1" in capsys.readouterr().err


def test_rates_are_brought_along_and_a_wrong_file_is_refused(tmp_path, capsys):
    path = tmp_path / "eurofxref-hist.csv"
    for content, code in ((b"Date,USD,\n2018-01-02,1.2065,\n", 0), (b"Date;USD\n", 2)):
        path.write_bytes(content)
        with pytest.raises(SystemExit) as left:
            main(["import", "rates", str(path)])
        assert left.value.code == code

    told = capsys.readouterr()
    assert "1 rates of 1 currencies read, until 2018-01-02; 1 of them new." in told.out
    assert "Nothing was stored." in told.err
