"""What a group does: its pages, its forms, and what an event cost."""

from datetime import date, timedelta

import pytest

from commonweal.collectives.actions import close_activity, plan_activity
from commonweal.collectives.models import Activity
from commonweal.foundation import clock
from commonweal.ledger.models import Chart, Transaction
from commonweal.spending import actions as spending
from spending.conftest import filed, item, put_in_the_pot

TYPED = {
    "name": "Seed swap in March", "about": "Bring what you have too much of.", "kind": "event",
    "theme": "community-garden", "place": "Brussels", "starts_on": "2026-03-14", "ends_on": "",
    "series": "Seed swap",
}  # fmt: skip


@pytest.fixture
def swap(gardens, bob) -> Activity:
    return plan_activity(
        collective=gardens, kind="event", name="Seed swap", by=bob,
        starts_on=date(2026, 3, 14), ends_on=date(2026, 3, 14),
    )  # fmt: skip


@pytest.fixture
def paid(swap, gardens, alice, bob, carol):
    """Pay Alice 12.50 for parts and 30.00 for food at the seed swap."""
    put_in_the_pot(gardens, 100_00)
    rows = [item(12_50), item(30_00, Chart.FOOD_DRINK, "Soup")]
    expense = filed(gardens, alice, *rows)
    spending.edit(
        expense=expense, title=expense.title, items=rows, by=alice, activity=swap,
        payout_method=expense.payout_method,
    )  # fmt: skip
    expense = spending.approve(expense=spending.submit(expense=expense, by=alice), by=bob)
    expense = spending.pay(expense=expense, by=carol)
    return spending.mark_paid(expense=expense, on=date(2026, 3, 20), reference="S-1", by=carol)


def test_an_event_is_planned_from_the_desk(gardens, bob, browse, signed_out):
    answer = browse(bob).post("/gardens/activities/new", TYPED)

    made = Activity.objects.get()
    assert answer.url == f"/{made.slug}"
    assert (made.ends_on, made.edition) == (date(2026, 3, 14), 1)
    page = signed_out(answer.url)
    assert "Bring what you have too much of." in page
    assert "edition 1 of Seed swap" in page
    assert "Seed swap in March" in signed_out("/gardens")


def test_days_in_the_wrong_order_are_refused_and_nothing_typed_is_lost(gardens, bob, browse):
    answer = browse(bob).post("/gardens/activities/new", TYPED | {"ends_on": "2026-03-01"})

    assert answer.status_code == 422
    assert "It cannot end before it starts." in answer.text
    assert "Bring what you have too much of." in answer.text
    assert 'value="2026-03-01"' in answer.text
    assert not Activity.objects.exists()


def test_a_day_that_is_none_is_refused(gardens, bob, browse):
    answer = browse(bob).post("/gardens/activities/new", TYPED | {"starts_on": "soon"})

    assert answer.status_code == 422
    assert 'value="soon"' in answer.text


def test_what_was_said_can_be_changed(swap, bob, browse):
    page = browse(bob).get(f"/gardens/activities/{swap.pk}/edit").text
    assert 'value="2026-03-14"' in page

    browse(bob).post(f"/gardens/activities/{swap.pk}/edit", TYPED | {"name": "Plant swap"})

    swap.refresh_from_db()
    assert (swap.name, swap.theme_id) == ("Plant swap", "community-garden")


def test_an_activity_of_another_group_is_not_found_below_this_one(swap, seedlings, bob, browse):
    assert browse(bob).get(f"/seedlings/activities/{swap.pk}/edit").status_code == 404


def test_closing_waits_until_it_is_over(swap, bob, browse):
    swap.ends_on = clock.today() + timedelta(days=3)
    swap.save()

    answer = browse(bob).post(f"/gardens/activities/{swap.pk}/close", {"attendance": "40"})

    assert answer.status_code == 422
    assert "This is not over yet." in answer.text
    assert 'value="40"' in answer.text


def test_what_it_cost_stands_by_category_and_for_each_who_came(
    paid, swap, bob, browse, signed_out, django_assert_max_num_queries
):
    browse(bob).post(f"/gardens/activities/{swap.pk}/close", {"attendance": "17"})

    with django_assert_max_num_queries(9):
        page = signed_out(f"/{swap.slug}")

    for sight in (
        "€42.50",
        "Tools and parts",
        "€12.50",
        "Food and drink",
        "€30.00",
        'value="2.50"',
        '<span class="figure">17</span>',
    ):
        assert sight in page, sight
    assert "more may come" not in page


def test_what_was_given_or_not_needed_is_asked_where_nothing_was_paid(
    paid, swap, bob, browse, signed_out
):
    address, room, travel = f"/gardens/activities/{swap.pk}/close", Chart.VENUE, Chart.TRAVEL
    page = browse(bob).get(address).text
    assert f'name="answer_{room}"' in page
    assert f'name="answer_{Chart.FOOD_DRINK}"' not in page
    typed = {
        f"answer_{room}": "in_kind", f"quantity_{room}": "3", f"unit_{room}": "hours",
        f"answer_{travel}": "not_needed",
    }  # fmt: skip
    refused = browse(bob).post(address, typed | {f"quantity_{travel}": "7"})
    assert refused.status_code == 422
    assert "Say that it was given, or leave the number empty." in refused.text
    assert 'value="7"' in refused.text

    browse(bob).post(address, typed)

    seen = signed_out(f"/{swap.slug}")
    assert "Given in kind: 3 hours" in seen
    assert "Not needed" in seen
    again = browse(bob).get(address).text
    assert 'value="3"' in again
    browse(bob).post(address, typed | {f"answer_{room}": "", f"quantity_{room}": ""})
    assert "Given in kind" not in signed_out(f"/{swap.slug}")


def test_the_ledger_says_what_a_payment_was_for(paid, swap):
    marked = Transaction.objects.filter(refs__activity=str(swap.pk))

    assert {row.refs["expense"] for row in marked} == {str(paid.number)}


def test_an_expense_is_filed_for_what_is_still_open(swap, gardens, bob, alice, browse):
    assert f'<option value="{swap.pk}"' in browse(alice).get("/gardens/expenses/new").text

    close_activity(activity=swap, attendance=None, by=bob)

    assert f'<option value="{swap.pk}"' not in browse(alice).get("/gardens/expenses/new").text


def test_what_a_draft_plans_is_hidden_from_strangers(seedlings, bob, dan, browse):
    made = plan_activity(
        collective=seedlings, kind="project", name="A greenhouse", by=bob,
        starts_on=date(2026, 3, 1), ends_on=date(2026, 9, 1),
    )  # fmt: skip

    for reader in (dan, None):
        assert browse(reader).get(f"/{made.slug}").status_code == 404
        assert browse(reader).get("/seedlings/activities").status_code == 404
    assert browse(bob).get(f"/{made.slug}").status_code == 200


def test_the_list_goes_on_page_by_page(gardens, bob, signed_out, django_assert_max_num_queries):
    for number in range(23):
        plan_activity(
            collective=gardens, kind="event", name=f"Digging {number:02}", by=bob,
            starts_on=date(2026, 1, 1 + number), ends_on=date(2026, 1, 1 + number),
        )  # fmt: skip

    with django_assert_max_num_queries(6):
        page = signed_out("/gardens/activities")

    assert "Digging 22" in page
    assert "Digging 02" not in page
    older = page.split("?before=")[1].split('"')[0]
    assert "Digging 02" in signed_out(f"/gardens/activities?before={older}")
