import csv
import json
from io import StringIO


def test_all_groups_are_in_one_ledger(busy, signed_out, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        page = signed_out("/ledger")

    assert "Spades and gloves" in page
    assert ">Gardens</a>" in page
    assert "Older lines" in page


def test_its_pages_miss_nothing(busy, client):
    seen, address = 0, "/ledger"
    while address:
        page = client.get(address)
        seen += page.text.count('class="when"')
        address = page.context["older"]

    assert seen == 25


def test_everything_can_be_taken_along(busy, signed_out):
    rows = list(csv.DictReader(StringIO(signed_out("/ledger.csv").lstrip("\ufeff"))))

    assert len(rows) == 25
    assert {row["collective"] for row in rows} == {"gardens"}


def test_it_can_be_taken_along_as_json(busy, signed_out):
    lines = json.loads(signed_out("/ledger.json"))["lines"]

    assert len(lines) == 25
    assert {line["collective"] for line in lines} == {"gardens"}


def test_an_empty_ledger_says_what_will_be_here(db, signed_out):
    assert "No line yet" in signed_out("/ledger")
