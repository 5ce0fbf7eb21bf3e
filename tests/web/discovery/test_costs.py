"""What a thing costs: the page, the files, and the script that computes the figures again."""

import csv
import json
import re
import subprocess
import sys
from datetime import date

import pytest

from cast import IBAN
from commonweal.collectives.models import Collective
from commonweal.collectives.rules import Given
from commonweal.discovery.actions import list_anew
from commonweal.foundation import clock
from commonweal.hosting import actions as hosting
from commonweal.ledger.models import Chart
from commonweal.people import actions as people
from doings import finished, give, hosted, let_a_euro_be, opened_long_ago, spend

PAGE = "/costs/community-garden"


@pytest.fixture
def groups(bob, hana, commons, brussels):
    return [hosted(name, bob, commons, hana, brussels) for name in ("Roof", "Yard", "Park", "Quay")]


@pytest.fixture
def swaps(groups, bob, alice, dan):
    made = [
        finished(
            group,
            bob,
            venue=50_00 + 10_00 * number,
            food_drink=20_00,
            name=f"Swap {number}",
            answers={Chart.FEES_SERVICES: Given(3, "hours") if number % 2 else None},
        )
        for number, group in enumerate([*groups, *groups[:2]])
    ]
    finished(groups[3], bob, attendance=None, venue=70_00, equipment=400_00, name="Swap 9")
    for number, group in enumerate(groups):
        give(group, alice, 10_00 + number, after_days=number)
        give(group, dan, 20_00, after_days=9, hidden=number == 0)
    list_anew()
    return made


def test_the_page_says_what_it_costs_on_what_and_from_whom(
    swaps, signed_out, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        page = signed_out(f"{PAGE}?place=brussels")

    for sight in (
        "From 7 finished activities of 4 groups", "in Brussels.", "is the middle of what one costs",
        "Half of the groups paid between", "Venue", "7 of 7", "Food and drink", "6 of 7",
        "Equipment", "too few to say", "A typical one", "Swap 0", "/start?from=",
        "How they pay for it", "Behind the numbers", "Fees for work done", "0 of 7",
        "given to 3: 3 hours", "nobody paid", "4 groups about this", "is the usual gift", "€15",
        "from opening to the first gift", "funding.csv?place=brussels",
    ):  # fmt: skip
        assert sight in page, sight


def test_who_computes_the_published_figures_again_finds_the_same(
    swaps, hana, bob, brussels, signed_out, tmp_path
):
    house = people.create_organization(name="Yen House", by=hana, place=brussels)
    host = hosting.become_host(
        organization=house, by=hana, fee_ppm=0, iban=IBAN, bic="GKCCBEBB", account_holder="",
        currency="JPY",
    )  # fmt: skip
    let_a_euro_be(17568, 100, "JPY")
    for name in ("Edo", "Nara"):
        finished(hosted(name, bob, host, hana, brussels), bob, venue=15_001, insurance=7)
    list_anew()
    names = ("recompute.py", "costs.csv", "costs.json", "funding.csv")
    files = [tmp_path / name for name in names]
    addresses = [
        "/costs/recompute.py",
        *(f"{PAGE}{end}?place=brussels" for end in (".csv", ".json", "/funding.csv")),
    ]
    for file, address in zip(files, addresses, strict=True):
        file.write_text(signed_out(address))
    run = [sys.executable, *map(str, files)]

    right = subprocess.run(run, capture_output=True, text=True, check=False)

    assert right.returncode == 0, right
    claimed = json.loads(files[2].read_text())
    assert claimed["funding"]["median_gift"] == {"median": 15_01, "groups": 3}
    work = {"in_kind": 3, "given": ["3 hours"] * 3, "not_needed": 3, "unknown": 3}
    assert claimed["categories"]["fees_services"] == {"had": 0, "figure": None} | work
    assert (claimed["within"], claimed["whole"]["median"]) == ("city", 87_71)
    files[1].write_text(files[1].read_text().replace(",10000,", ",99900,"))
    assert subprocess.run(run, capture_output=True, check=False).returncode == 1


def test_two_activities_give_no_number_anywhere(groups, bob, alice, signed_out):
    Collective.objects.exclude(pk__in=[one.pk for one in groups[:2]]).update(published_at=None)
    for group in groups[:2]:
        give(group, alice, 84_00, after_days=13)
        given = {Chart.TRAVEL: Given(71, "hours")}
        finished(group, bob, venue=71_00, food_drink=13_00, answers=given)
    list_anew()

    page, table, told, funded = (
        signed_out(PAGE + end) for end in ("", ".csv", ".json", "/funding.csv")
    )

    assert "There are too few to say" in page
    assert "Seed swap" in page
    for text in (page, table, told, funded):
        assert not re.search(
            r"71|13\.|1300|84", re.sub(r"/(static|stylesheet)/\S+|seed-swap\S*", "", text)
        ), text
    (row, _other) = csv.DictReader(table.splitlines())
    assert row["activity"].startswith("seed-swap")
    assert {row[name] for name in row if name.endswith("_minor")} == {""}


def test_what_varies_too_much_is_said_and_split_by_size(groups, bob, signed_out):
    for number, group in enumerate([*groups, *groups]):
        size, cost = (12, 10_00) if number % 2 else (200, 900_00)
        finished(group, bob, attendance=size, venue=cost)
    list_anew()

    page, told = signed_out(PAGE), json.loads(signed_out(f"{PAGE}.json"))

    assert "It varies too much for one figure." in page
    assert "Up to 30 people" in page
    assert told["whole"] == {"varies": True}
    assert set(told["sizes"]) == {"1-30", "101-300"}


def test_a_year_has_a_page_and_files_of_its_own(groups, signed_out):
    year = clock.today().year - 1
    for number, group in enumerate(groups):
        since = opened_long_ago(group)
        for one in (year, year - 1):
            spend(since, 100_00 + number, Chart.RENT_UTILITIES, on=date(one, 6, 1))
        Collective.objects.filter(pk=group.pk).update(
            published_at=since.published_at.replace(year=year - 2)
        )
    list_anew()

    page, table, told = (signed_out(f"{PAGE}{end}?of=year") for end in ("", ".csv", ".json"))

    assert "From 8 calendar years of 4 groups" in page
    assert "is the middle of what a group pays in a year" in page
    assert 'name="of" value="year"' in page
    assert f"roof-{year}" in table
    assert json.loads(told)["whole"]["median"] == 100_01
    assert "From 0 finished activities" in signed_out(PAGE)


def test_the_list_of_themes_leads_to_their_prices(swaps, signed_out):
    page = signed_out("/costs")

    assert f'href="{PAGE}"' in page
    assert "7 finished activities of 4 groups" in page


def test_an_empty_list_says_what_will_be_here(db, signed_out):
    assert "Nothing is finished yet" in signed_out("/costs")


def test_asking_for_everywhere_or_nonsense(swaps, signed_out):
    assert "everywhere." in signed_out(f"{PAGE}?place=everywhere")
    assert "in Brussels." in signed_out(f"{PAGE}?place=brussels")
    assert "everywhere." in signed_out(f"{PAGE}?place=<script>")
    signed_out("/costs/nonsense", status=404)
