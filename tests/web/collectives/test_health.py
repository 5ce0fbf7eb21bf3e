"""What the page of a group says of how it is doing."""

import re
from datetime import UTC, datetime, time

import pytest

from cast import person
from commonweal.collectives.models import Collective
from commonweal.foundation import clock, ids
from commonweal.giving.models import Contribution
from commonweal.web.ledger.views import months_back


@pytest.fixture
def give(gardens):
    """Return a way to let somebody have given so many euros in each of the last whole months."""

    def given(giver, whole, months, *, incognito=False):
        for first in months_back(clock.today(), 12)[:-1][-months:]:
            moment = datetime.combine(first.replace(day=5), time(), UTC)
            Contribution.objects.create(
                public_id=ids.readable(16), secret=ids.readable(16), collective=gardens,
                contributor=giver, given_by=giver, amount_minor=whole * 100,
                received_minor=whole * 100, currency="EUR", host_fee_ppm=0, rail="manual",
                incognito=incognito, status="settled", created_at=moment, settled_at=moment,
            )  # fmt: skip

    return given


def reading(page, name):
    """Return the figure and the sentence under a name."""
    found = re.search(rf"<dt>{name}</dt><dd[^>]*>([^<]*)</dd><dd>([^<]*)</dd>", page)
    assert found, name
    return found[1], found[2]


def test_a_group_is_understood_in_one_look(busy, give, signed_out, alice, bob, dan):
    give(alice, 20, 12)
    give(bob, 30, 8)
    give(dan, 140, 1)

    page = signed_out("/gardens")

    assert reading(page, "can be counted on each month")[0] == "€50"
    assert reading(page, "givers in these months")[0] == "3"
    assert reading(page, "the pot lasts")[0] == "no end in sight"
    assert reading(page, "came from the largest giver") == ("40%", "A few givers carry the group.")
    assert reading(page, "of all gifts are small")[0] == "95%"
    assert "Who carries the group" in page
    assert "<caption>Gifts by giver</caption>" in page


def test_one_incognito_giver_among_few_is_not_shown_by_any_figure(busy, give, signed_out, alice):
    give(alice, 20, 12)
    give(alice, 333, 6, incognito=True)

    page = signed_out("/gardens")

    assert "333." not in page  # a key may hold such digits, and no full stop behind them
    assert "1,998" not in page
    for name in ("can be counted on each month", "came from the largest giver",
                 "of all gifts are small"):  # fmt: skip
        figure, sentence = reading(page, name)
        assert figure == "–"
        assert sentence.startswith("Not told: the givers are so few")
    assert "Gifts by giver" not in page


def test_many_givers_carry_a_group_on_many_shoulders(busy, give, signed_out):
    for number in range(12):
        give(person(f"Giver{number} X"), 10, 3, incognito=number == 0)

    page = signed_out("/gardens")

    figure, sentence = reading(page, "came from the largest giver")
    assert figure == "8%"
    assert "Many shoulders" in sentence
    assert "The five largest gave 42% together." in sentence


def test_a_group_with_a_costly_month_is_told_how_long_its_pot_lasts(busy, signed_out):
    for first in months_back(clock.today(), 12)[:-1]:
        busy.expense(50_00, on=first)

    figure, sentence = reading(signed_out("/gardens"), "the pot lasts")

    assert re.fullmatch(r"\d+ months?|less than a month", figure)
    assert sentence.startswith("A usual month costs €53")


def test_a_young_group_is_told_that_it_is_young(till, signed_out):
    till.gift(100_00)

    page = signed_out("/gardens")

    assert "lived three whole months" in reading(page, "the pot lasts")[1]


def test_a_group_that_ended_is_not_judged(busy, gardens, signed_out):
    Collective.objects.filter(pk=gardens.pk).update(status="closed")

    assert "In one look" not in signed_out("/gardens")
