import csv
import json
from io import StringIO

import pytest

from commonweal.foundation import clock
from commonweal.ledger.models import Chart, Kind


def test_every_line_is_there_with_its_balance_and_the_sums_of_its_month(
    busy, signed_out, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        page = signed_out("/gardens/ledger")

    assert "20 of 25 lines" in page
    assert "Spades and gloves" in page
    assert "€50.00 given, €2.50 host fee" in page
    assert "kept" in page
    assert 'aria-label="Page 2"' in page


def test_older_lines_are_on_the_next_page(busy, signed_out):
    page = signed_out("/gardens/ledger?page=2")

    assert "5 of 25 lines" in page
    assert "Spades and gloves" not in page


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("way=out", 1),
        ("way=in", 20),
        ("q=spades", 1),
        ("q=Bob", 1),
        (f"category={Chart.TOOLS_PARTS}", 1),
        (f"kind={Kind.EXPENSE}", 1),
        ("least=60", 1),
        ("most=20", 12),
        ("since={today}", None),
        ("q=spades&way=in", 0),
        ("least=abc", None),
        ("since=never&kind=99", None),
    ],
)
def test_every_filter_works_signed_out_and_cheaply(
    busy, signed_out, query, lines, django_assert_max_num_queries
):
    query = query.format(today=clock.today())
    with django_assert_max_num_queries(9):
        page = signed_out(f"/gardens/ledger?{query}")

    if lines == 0:
        assert "No line fits" in page
    elif lines:
        assert page.count('class="when"') == lines


def test_an_amount_that_is_none_is_explained_beside_the_field(busy, signed_out):
    assert "Write an amount such as 12.50." in signed_out("/gardens/ledger?least=abc")


def test_filtered_lines_go_on_to_older_and_newer_ones(busy, client):
    first = client.get("/gardens/ledger?way=in").context["pages"]
    second = client.get(first.older)
    back = client.get(second.context["pages"].newer)

    assert len(second.context["statement"].lines) == 4
    assert back.context["statement"].lines[0].seq == 24


def test_what_is_shown_can_be_taken_along(busy, signed_out):
    rows = list(csv.DictReader(StringIO(signed_out("/gardens/ledger.csv").lstrip("\ufeff"))))
    some = json.loads(signed_out("/gardens/ledger.json?way=out"))["lines"]

    assert len(rows) == 25
    assert rows[0]["description"] == "Spades and gloves"
    assert rows[0]["amount"] == "-64.90"
    assert [line["category"] for line in some] == ["tools-parts"]


def test_a_group_without_money_says_what_will_be_here(gardens, signed_out):
    assert "No line yet" in signed_out("/gardens/ledger")
    assert signed_out("/gardens/ledger.csv").count("\n") == 1


def test_a_draft_has_an_empty_book_for_its_team(seedlings, bob, browse):
    assert "No line yet" in browse(bob).get("/seedlings/ledger").text
    assert browse(bob).get("/seedlings/ledger.csv").getvalue().count(b"\n") == 1


def test_a_pot_that_is_not_there_is_not_found(gardens, client):
    assert client.get("/gardens/ledger?pot=1").status_code == 404
    assert client.get("/nobody/ledger").status_code == 404


def test_htmx_gets_only_the_lines(busy, client):
    page = client.get(
        "/gardens/ledger?way=out", headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )

    assert page.text.lstrip().startswith('<div id="lines"')
    assert "Spades and gloves" in page.text
