"""How a group is doing: the figures by hand, and who stays hidden in them."""

from datetime import UTC, date, datetime

import pytest

from commonweal.discovery import queries, rules
from commonweal.discovery.rules import Circle, Gifts, Lean, Runway, Steady, Untold
from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.people.models import Party

MONTHS = [date(2026, number, 1) for number in range(1, 5)]
UNTIL = date(2026, 5, 1)


def eur(whole):
    return Money(whole * 100, "EUR")


def circle(givers, withheld, whole):
    return Circle(givers, withheld, eur(whole))


def some(**changes):
    """Return the gifts of ten givers by name, six of whom can be counted on."""
    given = {
        "everybody": circle(10, 0, 1000), "beyond_five": circle(5, 0, 300),
        "small": circle(8, 0, 400), "large": circle(2, 0, 600), "steady": circle(6, 0, 600),
        "steady_months": tuple(eur(one) for one in (100, 200, 0, 300)),
        "largest": eur(200), "number": 40, "small_number": 36,
    }  # fmt: skip
    return Gifts(**{**given, **changes})


def test_what_can_be_counted_on_is_the_middle_month_of_steady_givers():
    health = rules.read(some(), [eur(50)] * 4, eur(500))

    assert health.steady == Steady(eur(150), 6)


def test_the_pot_has_no_end_in_sight_where_steady_gifts_cover_a_usual_month():
    assert rules.read(some(), [eur(150)] * 4, eur(0)).runway is Runway.COVERED
    assert rules.read(some(), [eur(151)] * 4, eur(0)).runway is Runway.MONTHS


def test_the_pot_lasts_so_many_whole_months():
    health = rules.read(some(), [eur(200), eur(1000), eur(200), eur(0)], eur(799))

    assert (health.usual, health.months_left) == (eur(200), 3)


def test_an_overdrawn_pot_lasts_no_month():
    assert rules.read(some(), [eur(200)] * 4, eur(-10)).months_left == 0


def test_who_spends_in_few_months_has_a_mean_instead_of_a_median():
    assert rules.usual_month([eur(0), eur(0), eur(0), eur(10)]) == Money(250, "EUR")


def test_a_month_in_which_money_came_back_costs_nothing():
    assert rules.usual_month([eur(-500), eur(10), eur(10)]) == eur(10)


@pytest.mark.parametrize("lived", [0, 1, 2])
def test_a_young_group_is_not_judged(lived):
    health = rules.read(some(), [eur(1)] * lived, eur(5))

    assert (health.steady, health.runway) == (Untold.YOUNG, Runway.YOUNG)


def test_a_group_that_spends_nothing_has_no_runway():
    assert rules.read(some(), [eur(0)] * 3, eur(5)).runway is Runway.IDLE


@pytest.mark.parametrize(
    ("largest", "rest", "lean"), [(500, 100, Lean.ONE), (499, 200, Lean.FEW), (200, 201, Lean.MANY)]
)
def test_words_say_on_how_many_shoulders_a_group_rests(largest, rest, lean):
    gifts = some(largest=eur(largest), beyond_five=circle(5, 0, rest))

    assert rules.read(gifts, [eur(1)], eur(5)).spread.lean is lean


def test_five_givers_are_a_few_and_have_no_largest_five():
    gifts = some(everybody=circle(5, 1, 1000), beyond_five=circle(0, 0, 0))

    spread = rules.read(gifts, [eur(1)], eur(5)).spread

    assert (spread.lean, spread.top_five) == (Lean.FEW, None)


def test_nobody_is_shown_by_what_is_left_over_of_the_five_largest():
    gifts = some(everybody=circle(6, 1, 1000), beyond_five=circle(1, 1, 10))

    assert rules.read(gifts, [eur(1)], eur(5)).spread.top_five is None


def test_nothing_that_shows_one_incognito_giver_is_told_of_four():
    gifts = some(everybody=circle(4, 1, 1000), small=circle(4, 1, 10), steady=circle(4, 1, 600))

    health = rules.read(gifts, [eur(200)] * 4, eur(500))

    assert (health.steady, health.spread, health.small) == (Untold.FEW,) * 3
    assert health.givers == 4


def test_small_gifts_are_untold_where_the_large_ones_would_show():
    assert rules.read(some(large=circle(1, 1, 600)), [eur(1)], eur(5)).small is Untold.FEW


def test_four_givers_who_hide_nothing_hide_nothing():
    assert rules.may_tell(circle(4, 0, 1))
    assert rules.may_tell(circle(5, 5, 1))
    assert not rules.may_tell(circle(4, 1, 1))


def test_without_a_gift_nothing_is_told():
    nobody = circle(0, 0, 0)
    gifts = some(everybody=nobody, steady=nobody, small=nobody, large=nobody, number=0)

    health = rules.read(gifts, [eur(1)] * 3, eur(5))

    assert (health.steady, health.spread, health.small) == (Untold.NOBODY,) * 3


def test_a_group_lives_from_the_month_in_which_it_began():
    assert rules.life(MONTHS, date(2026, 3, 31)) == 2
    assert rules.life(MONTHS, date(2020, 1, 1)) == 4
    assert rules.life(MONTHS, None) == 0


def give(collective, giver, whole, month, *, day=10, incognito=False, status="settled"):
    moment = datetime(2026, month, day, tzinfo=UTC)
    minor = whole * 100
    return Contribution.objects.create(
        public_id=ids.readable(16), secret=ids.readable(16), collective=collective,
        contributor=giver, given_by=giver, amount_minor=minor, received_minor=minor,
        currency="EUR", host_fee_ppm=0, rail="manual", incognito=incognito, status=status,
        created_at=moment, settled_at=moment,
    )  # fmt: skip


def test_a_year_of_gifts_is_read_in_one_query(gardens, alice, bob, dan, django_assert_num_queries):
    for month in (1, 2, 4):
        give(gardens, alice, 20, month)
    give(gardens, bob, 300, 2)
    give(gardens, bob, 50, 4, incognito=True)
    give(gardens, dan, 500, 3, status="refunded")
    give(gardens, dan, 500, 5)

    with django_assert_num_queries(1):
        gifts = queries.gifts(gardens.pk, "EUR", MONTHS, until=UNTIL)

    assert gifts.everybody == circle(3, 1, 410)
    assert gifts.steady == circle(1, 0, 60)
    assert gifts.steady_months == (eur(20), eur(20), eur(0), eur(20))
    assert (gifts.small, gifts.large) == (circle(2, 1, 110), circle(1, 0, 300))
    assert (gifts.largest, gifts.number, gifts.small_number) == (eur(300), 5, 4)


def test_somebody_erased_counts_as_withheld(gardens, alice):
    give(gardens, alice, 20, 1)
    Party.objects.filter(pk=alice.pk).update(erased_at="2026-04-01T00:00Z")

    assert queries.gifts(gardens.pk, "EUR", MONTHS, until=UNTIL).everybody.withheld == 1


def test_a_year_without_a_gift_is_empty(gardens):
    gifts = queries.gifts(gardens.pk, "EUR", MONTHS, until=UNTIL)

    assert gifts == Gifts(
        everybody=circle(0, 0, 0), beyond_five=circle(0, 0, 0), small=circle(0, 0, 0),
        large=circle(0, 0, 0), steady=circle(0, 0, 0), steady_months=(eur(0),) * 4,
        largest=eur(0), number=0, small_number=0,
    )  # fmt: skip
    assert queries.gifts(gardens.pk, "EUR", [], until=UNTIL).steady_months == ()
