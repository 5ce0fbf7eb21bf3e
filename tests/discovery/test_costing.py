"""What was paid for finished activities is kept, and nonsense in the books changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cast import IBAN
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.collectives.rules import Given
from commonweal.discovery import queries
from commonweal.discovery.models import ActivityCost, YearCost
from commonweal.discovery.queries import Of, Priced, Within
from commonweal.discovery.rules.costs import Apart, Unpaid
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Host
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge import rules as helping
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Chart, Kind, Rate
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.places.models import Place
from commonweal.spending import actions as spending
from commonweal.spending.models import Expense
from doings import GARDEN, finished, hosted, let_a_euro_be, opened_long_ago, pay, spend
from spending.conftest import filed, item, photo, put_in_the_pot

Listed = Callable[[], None]
LAST_YEAR = date(clock.today().year - 1, 6, 1)


@pytest.fixture
def groups(bob: Party, hana: Party, commons: Host, brussels: Place) -> list[Collective]:
    return [hosted(name, bob, commons, hana, brussels) for name in ("Roof", "Yard", "Park", "Quay")]


@pytest.fixture
def swaps(groups: list[Collective], bob: Party) -> list[Activity]:
    """Return six seed swaps of four groups in Brussels; rooms cost 50.00 to 100.00."""
    return [
        finished(group, bob, venue=50_00 + 10_00 * number, food_drink=20_00)
        for number, group in enumerate([*groups, *groups[:2]])
    ]


def priced(place: Place | None = None) -> Priced:
    return queries.priced(Theme.objects.get(slug=GARDEN), place, "EUR")


def test_what_an_expense_paid_is_kept_once_the_activity_is_closed(
    gardens: Collective, alice: Party, bob: Party, carol: Party, listed: Listed
) -> None:
    put_in_the_pot(gardens, 100_00)
    day = date(2026, 3, 14)
    swap = collectives.plan_activity(
        collective=gardens, kind=Party.Kind.EVENT, name="Swap", starts_on=day, ends_on=day, by=bob
    )
    rows = [item(12_50, Chart.MATERIALS), item(5_50, Chart.MATERIALS), item(30_00, Chart.EQUIPMENT)]
    expense = spending.file(
        collective=gardens, kind=Expense.Kind.REIMBURSEMENT, title="Soil", items=rows, by=alice,
        payout_method=filed(gardens, alice).payout_method, activity=swap,
    )  # fmt: skip
    spending.attach_receipt(expense=expense, content=photo(), name="receipt.jpg", by=alice)
    expense = spending.approve(expense=spending.submit(expense=expense, by=alice), by=bob)
    collectives.close_activity(activity=swap, attendance=12, by=bob)
    listed()
    assert ActivityCost.objects.get().pending

    expense = spending.pay(expense=expense, by=carol)
    spending.mark_paid(expense=expense, on=day, reference="S-1", by=carol)
    listed()

    kept = ActivityCost.objects.get()
    assert not kept.pending
    assert kept.attendance == 12
    assert kept.paid == {str(Chart.MATERIALS): 18_00, str(Chart.EQUIPMENT): 30_00}


@pytest.mark.parametrize(
    "nonsense",
    [
        [(30_00, Chart.VENUE, Kind.EXPENSE), (-30_00, Chart.VENUE, Kind.REFUND)],
        [(30_00, Chart.VENUE, Kind.EXPENSE), (-30_00, Chart.VENUE, Kind.EXPENSE)],
        [(30_00, Chart.TRANSFERS_OUT, Kind.TRANSFER), (-30_00, Chart.TRANSFERS_IN, Kind.TRANSFER)],
        [(30_00, Chart.TRANSFERS_OUT, Kind.TRANSFER)],
    ],
    ids=["given back", "undone", "moved to and fro", "passed on"],
)
def test_pairs_and_transfers_change_nothing(
    nonsense: list[tuple[int, int, Kind]], swaps: list[Activity], bob: Party, listed: Listed
) -> None:
    listed()
    before = priced()

    for minor, category, kind in nonsense:
        pay(swaps[0], minor, category, kind)
    collectives.close_activity(activity=swaps[0], attendance=40, by=bob)
    listed()

    assert priced() == before
    assert before.summary.whole is not None


def test_what_was_given_or_not_needed_is_counted_beside_what_was_paid(
    groups: list[Collective], bob: Party, listed: Listed
) -> None:
    three_hours = {Chart.VENUE: Given(3, "hours"), Chart.TRAVEL: None}
    finished(groups[0], bob, food_drink=20_00, answers=three_hours)
    finished(groups[1], bob, venue=50_00, answers=three_hours)  # paid all the same
    finished(groups[2], bob, food_drink=20_00, answers={Chart.VENUE: Given()})
    finished(groups[3], bob, food_drink=20_00, answers={Chart.VENUE: None})
    finished(groups[3], bob, food_drink=20_00)
    listed()

    unpaid = priced().summary.unpaid

    assert unpaid[Chart.VENUE] == Unpaid(2, (Given(), Given(3, "hours")), 1, 1)
    assert unpaid[Chart.TRAVEL] == Unpaid(0, (), 2, 3)
    assert priced().summary.categories[Chart.TRAVEL].had == 0
    assert priced().summary.whole is not None


def test_help_that_two_confirmed_is_given_in_kind(
    groups: list[Collective], bob: Party, alice: Party, listed: Listed
) -> None:
    swaps = [finished(group, bob, food_drink=20_00, venue=50_00) for group in groups[:2]]
    swaps += [finished(groups[2], bob, food_drink=20_00) for _ in range(3)]
    room = helping.Given("room", 1, clock.today(), "The hall")
    told = knowledge.tell_help(collective=groups[2], given=room, activity=swaps[4], by=alice)
    listed()
    assert priced().summary.unpaid[Chart.VENUE] == Unpaid(0, (), 0, 3)

    knowledge.confirm_help(given=told, by=bob)
    listed()

    assert priced().summary.unpaid[Chart.VENUE] == Unpaid(1, (Given(1, "days"),), 0, 2)


def test_answers_stay_until_there_are_others(
    groups: list[Collective], bob: Party, listed: Listed
) -> None:
    swap = finished(groups[0], bob, answers={Chart.VENUE: Given(3, "hours")}, food_drink=9_00)
    collectives.close_activity(activity=swap, attendance=12, by=bob)
    assert [one.category_id for one in swap.answers.all()] == [Chart.VENUE]

    collectives.close_activity(activity=swap, attendance=12, answers={Chart.TRAVEL: None}, by=bob)

    assert [str(one) for one in swap.answers.all()] == [f"{Chart.TRAVEL.value} of {swap.pk}"]


def test_a_gift_for_it_changes_no_cost_and_its_fees_stand_apart(
    groups: list[Collective], alice: Party, hana: Party, bob: Party, listed: Listed
) -> None:
    swap = finished(groups[0], bob, venue=80_00)
    collectives.reopen_activity(activity=swap, by=bob)
    promise = giving.pledge(
        collective=groups[0], amount=Money(40_00, "EUR"), rail="transfer", contributor=alice,
        given_by=alice, by=alice, activity=Activity.objects.get(pk=swap.pk),
    )  # fmt: skip
    giving.confirm_transfer(
        contribution=promise, amount=Money(40_00, "EUR"), arrived_on=clock.today(), by=hana
    )
    while ledger.advance():
        pass
    collectives.close_activity(activity=swap, attendance=40, by=bob)
    listed()

    kept = ActivityCost.objects.get()

    assert kept.paid == {str(Chart.VENUE): 80_00}
    assert kept.overhead == 2_00


def test_one_expense_or_two_make_the_same_price(
    swaps: list[Activity], groups: list[Collective], bob: Party, listed: Listed
) -> None:
    one = finished(groups[0], bob, venue=80_00)
    other = finished(groups[0], bob, venue=30_00)
    pay(other, 50_00)
    listed()

    kept = ActivityCost.objects.in_bulk([one.pk, other.pk])

    assert kept[one.pk].paid == kept[other.pk].paid


def test_thirty_percent_in_no_category_closes_the_gate(
    groups: list[Collective], bob: Party, listed: Listed
) -> None:
    finished(groups[0], bob, venue=70_00, other_spending=30_00)
    listed()

    assert priced().apart == {Apart.UNKNOWN: 1}
    assert priced().activities == []


def test_two_say_nothing(groups: list[Collective], bob: Party, listed: Listed) -> None:
    for group in groups[:2]:
        finished(group, bob, venue=70_00)
    listed()

    found = priced()

    assert len(found.activities) == 2
    assert not found.summary.enough
    assert (found.summary.whole, found.summary.each, found.summary.typical) == (None, None, None)
    assert found.summary.categories == {}


def test_who_asks_far_away_is_told_how_far_one_had_to_look(
    swaps: list[Activity], listed: Listed
) -> None:
    listed()
    within = {
        slug: priced(Place.objects.get(slug=slug)).within
        for slug in ("brussels", "leuven", "arlon", "lyon")
    }

    assert within == {
        "brussels": Within.CITY, "leuven": Within.AROUND, "arlon": Within.COUNTRY,
        "lyon": Within.EVERYWHERE,
    }  # fmt: skip


@pytest.fixture
def far_swaps(hana: Party, bob: Party, brussels: Place) -> list[Activity]:
    """Return the same six swaps, of groups that count in dollars; a dollar is worth 50 cents."""
    house = people.create_organization(name="Dollar House", by=hana, place=brussels)
    host = hosting.become_host(
        organization=house, by=hana, fee_ppm=0, iban=IBAN, bic="GKCCBEBB", account_holder="",
        currency="USD",
    )  # fmt: skip
    groups = [hosted(f"{name} Inc", bob, host, hana, brussels) for name in ("R", "Y", "P", "Q")]
    return [
        finished(group, bob, venue=100_00 + 20_00 * number, food_drink=40_00)
        for number, group in enumerate([*groups, *groups[:2]])
    ]


def test_the_same_activities_in_another_currency_give_the_same_figures(
    far_swaps: list[Activity], listed: Listed
) -> None:
    listed()
    let_a_euro_be(2, 1, "USD")
    in_euro = priced().summary
    themes = queries.themes_with_costs("EUR")
    in_dollars = queries.priced(Theme.objects.get(slug=GARDEN), None, "USD").summary

    assert in_euro.whole is not None
    assert in_dollars.whole is not None
    assert (in_euro.whole.median, in_dollars.whole.median) == (95_00, 190_00)
    assert in_euro.whole.lower * 2 == in_dollars.whole.lower
    assert in_euro.by_group == {group: minor // 2 for group, minor in in_dollars.by_group.items()}
    assert [one.activities for one in themes] == [6]
    assert queries.themes_with_costs("USD") == themes


def test_other_currencies_stand_beside_ours_at_the_rate_of_the_closing_day(
    swaps: list[Activity], far_swaps: list[Activity], listed: Listed
) -> None:
    listed()
    let_a_euro_be(1, 1, "USD")

    together = priced(Place.objects.get(slug="brussels")).summary

    assert (together.activities, together.groups) == (12, 8)
    assert together.whole is not None
    assert together.whole.median == 140_00


def test_without_a_rate_of_that_day_an_activity_is_left_out_and_counted(
    swaps: list[Activity], far_swaps: list[Activity], listed: Listed
) -> None:
    listed()
    Rate.objects.filter(currency="USD").delete()

    found = priced()

    assert (len(found.activities), found.apart) == (6, {Apart.NO_RATE: 6})
    assert [one.activities for one in queries.themes_with_costs("EUR")] == [6]


def test_what_is_open_again_or_of_a_draft_is_not_kept(
    swaps: list[Activity], seedlings: Collective, bob: Party, listed: Listed
) -> None:
    day = date(2026, 3, 14)
    hidden = collectives.plan_activity(
        collective=seedlings, kind=Party.Kind.EVENT, name="S", starts_on=day, ends_on=day, by=bob
    )
    collectives.close_activity(activity=hidden, attendance=3, by=bob)
    listed()
    collectives.reopen_activity(activity=swaps[0], by=bob)
    listed()

    kept = set(ActivityCost.objects.values_list("activity", flat=True))
    assert kept == {one.pk for one in swaps[1:]}


def test_themes_are_counted_with_their_finished_activities(
    swaps: list[Activity], groups: list[Collective], bob: Party, listed: Listed
) -> None:
    finished(groups[0], bob, days_ago=10, venue=70_00)
    listed()

    (garden,) = queries.themes_with_costs("EUR")

    assert (garden.theme.slug, garden.activities, garden.groups) == (GARDEN, 6, 4)


def test_a_price_takes_one_query(
    swaps: list[Activity], brussels: Place, listed: Listed, django_assert_num_queries
) -> None:
    listed()
    theme = Theme.objects.get(slug=GARDEN)
    with django_assert_num_queries(1):
        queries.priced(theme, brussels, "EUR")


@pytest.fixture
def standing(bob: Party, hana: Party, commons: Host, brussels: Place) -> list[Collective]:
    """Return three groups that stood all of last year and do nothing, but pay rent."""
    found = [
        opened_long_ago(hosted(name, bob, commons, hana, brussels))
        for name in ("Choir", "Library", "Workshop")
    ]
    for number, group in enumerate(found):
        spend(group, 100_00 + 10_00 * number, Chart.RENT_UTILITIES, on=LAST_YEAR)
        spend(group, 999_00, Chart.RENT_UTILITIES, on=clock.today())
    return found


def by_year() -> Priced:
    return queries.priced(Theme.objects.get(slug=GARDEN), None, "EUR", Of.YEAR)


def test_a_year_of_a_group_is_what_it_paid_from_its_first_day_to_its_last(
    standing: list[Collective], groups: list[Collective], listed: Listed
) -> None:
    spend(groups[0], 70_00, Chart.VENUE, on=LAST_YEAR)  # it opened today
    listed()

    years = by_year()

    assert {own.group.name: own.finished.whole for own in years.own.values()} == {
        "Choir": 100_00, "Library": 110_00, "Workshop": 120_00,
    }  # fmt: skip
    assert next(iter(years.own.values())).slug.endswith(f"-{LAST_YEAR.year}")
    assert years.apart == {Apart.EARLY: 3}
    assert not years.summary.enough


def test_no_money_counts_for_a_year_and_for_an_activity(
    standing: list[Collective], bob: Party, listed: Listed
) -> None:
    choir, library, _ = standing
    finished(choir, bob, venue=33_00)
    repair = finished(library, bob)
    pay(repair, 44_00)
    Activity.objects.filter(pk=repair.pk).update(theme="repair-cafe")
    listed()

    found = by_year()

    assert {own.group.name for own in found.own.values()} == {"Library", "Workshop"}
    this_year = YearCost.objects.get(collective=library, year=clock.today().year)
    assert this_year.paid == {str(Chart.RENT_UTILITIES.value): 999_00}


def test_nonsense_in_a_year_changes_nothing(
    standing: list[Collective], bob: Party, listed: Listed
) -> None:
    for group in standing[:2]:
        spend(group, 50_00, Chart.VENUE, on=LAST_YEAR)
    listed()
    before = YearCost.objects.order_by("pk").values_list("collective", "year", "paid")
    kept = list(before)

    spend(standing[0], 30_00, Chart.VENUE, on=LAST_YEAR)
    spend(standing[0], 30_00, Chart.VENUE, on=LAST_YEAR, refund=True)
    collectives.edit(
        collective=standing[0], name="Choir", about="", place=standing[0].place, tags=[], story="",
        themes=Theme.objects.filter(slug=GARDEN), by=bob,
    )  # fmt: skip
    listed()

    assert list(before.all()) == kept
