"""Groups side by side, for whoever wants to start something like them."""

import re

import pytest

from cast import start
from commonweal.collectives.models import Collective
from commonweal.hosting import actions as hosting
from commonweal.ledger.models import Chart
from web.conftest import Till


@pytest.fixture
def beside(bob, hana, commons, brussels):
    """Return three more groups that money has moved through."""
    found = []
    for name in ("Repair Corner", "Soup Night", "Bike Kitchen"):
        group = start(bob, brussels, name)
        application = hosting.apply(collective=group, host=commons, message="Hello", by=bob)
        hosting.approve(application=application, by=hana)
        till = Till(Collective.objects.get(pk=group.pk), commons)
        till.gift(80_00, category=Chart.GRANTS)
        till.expense(20_00, category=Chart.TOOLS_PARTS)
        found.append(till)
    return found


def rows(page):
    """Return the cells of each row of the table by its name."""
    table = page[page.index('id="numbers"') :]
    found = re.findall(r'<th scope="row">([^<]*)</th>((?:<td>.*?</td>)+)', table)
    text = {name: re.findall(r"<td>(.*?)</td>", cells) for name, cells in found}
    return {name: [re.sub(r"<[^>]+>", "", one) for one in cells] for name, cells in text.items()}


def test_two_groups_stand_side_by_side(busy, beside, signed_out):
    page = signed_out("/compare?group=gardens&group=repair-corner")

    table = rows(page)
    assert table["Raised in twelve months"] == ["€840.66", "€80.00"]
    assert table["Grants"][0] == "–"
    assert table["Grants"][1] == "€80.00 100%"
    assert table["Admins"] == ["1", "1"]
    assert table["Months with gifts, of twelve"] == ["12", "1"]
    assert table["Expenses in a month"] == ["0.1", "0.1"]
    assert table["Host"] == ["Commons House"] * 2
    assert table["Host fee, of each gift"] == ["5%", "5%"]
    assert 'content="noindex"' in page


@pytest.mark.parametrize("number", [2, 3, 4])
def test_four_groups_ask_no_more_than_two(
    busy, beside, signed_out, django_assert_max_num_queries, number
):
    slugs = ["gardens", "repair-corner", "soup-night", "bike-kitchen"][:number]
    for till in beside[1:]:  # as many currencies as can be
        currency = {"Soup Night": "USD", "Bike Kitchen": "CHF"}[till.collective.name]
        Collective.objects.filter(pk=till.collective.pk).update(currency=currency)

    with django_assert_max_num_queries(12):
        page = signed_out("/compare?" + "&".join(f"group={slug}" for slug in slugs))

    assert all(len(cells) == number for cells in rows(page).values())


def test_each_currency_stays_its_own(busy, beside, signed_out):
    Collective.objects.filter(slug="soup-night").update(currency="USD")

    table = rows(signed_out("/compare?group=gardens&group=soup-night"))

    assert table["In the pot today"] == ["€733.76", "US$0.00"]


def test_a_group_is_found_by_its_name_too(busy, beside, signed_out):
    assert len(rows(signed_out("/compare?group=Gardens&group=Soup+Night"))["Host"]) == 2


@pytest.mark.parametrize("query", ["group=nobody-here", "group=gardens&group=nobody-here"])
def test_a_wrong_name_is_answered_with_a_sentence(gardens, signed_out, query):
    page = signed_out(f"/compare?{query}")

    assert "There is no public group called “nobody-here” here." in page
    assert '<option value="gardens">Gardens</option>' in page


def test_one_group_alone_is_shown_a_chooser(gardens, signed_out):
    assert 'action="/compare"' in signed_out("/gardens")

    page = signed_out("/compare?group=gardens&group=gardens&group=")

    assert "Gardens stands here alone." in page
    assert 'value="gardens" list="groups"' in page


def test_a_draft_is_compared_with_nothing(seedlings, gardens, signed_out):
    page = signed_out("/compare?group=seedlings&group=gardens")

    assert "There is no public group called “seedlings”" in page
    assert '<option value="seedlings">' not in page


def test_a_fifth_group_is_left_out_and_that_is_said(busy, beside, signed_out):
    slugs = ["gardens", "repair-corner", "soup-night", "bike-kitchen", "one-more"]

    page = signed_out("/compare?" + "&".join(f"group={slug}" for slug in slugs))

    assert "Four groups fit beside each other." in page
    assert "one-more" not in page.split("<main")[1]


@pytest.mark.parametrize("query", ["", "?group=%00", "?group=<script>alert(1)</script>"])
def test_odd_questions_are_answered_calmly(gardens, signed_out, query):
    page = signed_out(f"/compare{query}")

    assert "Which groups?" in page
    assert "<script>alert" not in page


def test_the_page_may_be_kept_by_everybody(gardens, client):
    assert "public" in client.get("/compare?group=gardens")["Cache-Control"]
