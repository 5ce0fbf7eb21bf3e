"""From one group to a draft of one's own, and both pages show who took the baton."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from commonweal.collectives.actions import plan_activity
from commonweal.collectives.models import Collective, PlannedCost
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving.actions import add_tier
from commonweal.hosting.actions import apply, approve
from commonweal.knowledge.actions import write_playbook
from knowledge.test_playbooks import SWAP

TYPED = {
    "name": "Roofs of Ghent", "about": "We grow food too.", "place": "Brussels",
    "theme": "community-garden", "size": "200",
}  # fmt: skip


@pytest.fixture
def seed(busy, gardens, bob):
    return add_tier(collective=gardens, name="Seed", amount=Money(5_00, "EUR"), by=bob)


def test_the_page_of_a_group_leads_to_the_form(busy, signed_out):
    assert 'href="/start?from=gardens"' in signed_out("/gardens")


def test_the_form_is_short_and_says_what_is_handed_on(
    seed, gardens, client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        page = client.get("/start?from=gardens").text

    fields = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page))
    assert fields - {"csrfmiddlewaretoken", "exact"} == {
        "name", "about", "place", "theme", "size", "tiers",
    }  # fmt: skip
    assert len(re.findall(r"<(?:input|textarea|select)(?![^>]*hidden)[^>]* name=", page)) <= 12
    assert "What Gardens hands on" in page
    assert "what Gardens paid" in page
    assert "Gardens hears that you took the baton" in page


def test_a_draft_has_the_ways_of_giving_a_plan_of_its_size_and_a_goal(seed, gardens, alice, browse):
    spent = {row[0]: row[1] for row in _spent(gardens)}

    answer = browse(alice).post("/start?from=gardens", TYPED | {"tiers": [seed.pk]})

    made = Collective.objects.get(slug="roofs-of-ghent")
    assert answer.url == "/roofs-of-ghent/desk"
    assert [tier.name for tier in made.tiers.all()] == ["Seed"]
    assert made.lineage.source == gardens
    planned = dict(made.plan.values_list("category", "amount_minor"))
    assert set(planned) == set(spent)
    assert all(2 * spent[one] <= planned[one] <= 2.2 * spent[one] for one in spent)
    goal = made.goals.get()
    assert (goal.amount_minor, goal.per) == (sum(planned.values()), "year")


def _spent(group):
    from commonweal.discovery.queries import yearly_costs  # noqa: PLC0415

    return [(category, amount.minor) for category, amount in yearly_costs(group).items()]


def test_what_was_typed_survives_signing_in_with_its_boxes(seed, client):
    sent = client.post("/start?from=gardens", TYPED | {"tiers": []})
    client.post(sent.url, {"email": "nadia@example.org"})
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)
    client.post("/sign-in/code", {"code": code, "next": "/start?from=gardens"})
    back = client.post("/sign-in/name", {"name": "Nadia"})

    page = client.get(back.url).text

    assert back.url == "/start?from=gardens"
    assert "Nothing is lost." in page
    assert 'value="Roofs of Ghent"' in page
    assert re.search(r'value="200"[^>]*checked', page)
    assert not re.search(rf'value="{seed.pk}"[^>]*checked', page)
    assert client.post("/start?from=gardens", TYPED).url == "/roofs-of-ghent/desk"


@pytest.mark.parametrize(
    "changes",
    [{"size": "1000"}, {"size": ""}, {"tiers": ["99999"]}, {"tiers": ["x"]}, {"name": ""}],
)
def test_nonsense_is_refused_and_what_was_typed_stays(seed, alice, browse, changes):
    answer = browse(alice).post("/start?from=gardens", TYPED | changes)

    assert answer.status_code == 422
    assert "We grow food too." in answer.text
    assert not Collective.objects.filter(slug="roofs-of-ghent").exists()


def test_nobody_starts_from_a_draft_or_from_nothing(seedlings, client):
    for slug in ("seedlings", "no-such-group", "%00"):
        assert "What happens next" in client.get(f"/start?from={slug}").text


def test_both_pages_show_the_baton(seed, gardens, alice, commons, hana, browse, signed_out):
    browse(alice).post("/start?from=gardens", TYPED)
    made = Collective.objects.get(slug="roofs-of-ghent")
    assert "Roofs of Ghent" not in signed_out("/gardens")

    application = apply(collective=made, host=commons, message="", by=alice)
    approve(application=application, by=hana)

    assert 'href="/roofs-of-ghent"' in signed_out("/gardens")
    assert "€0.00 spent so far" in signed_out("/gardens")
    assert 'href="/gardens"' in signed_out("/roofs-of-ghent")
    assert "Plan for a year" in signed_out("/roofs-of-ghent")


def test_the_plan_is_changed_at_the_desk(gardens, bob, browse):
    page = browse(bob)
    assert page.post("/gardens/plan", {"more": "20", "more_amount": "1200"}).status_code == 302
    assert (
        page.post("/gardens/plan", {"of_20": "1300.50", "more": "21", "more_amount": "40"}).url
        == "/gardens/plan"
    )

    rows = dict(PlannedCost.objects.values_list("category", "amount_minor"))
    assert rows == {20: 1300_50, 21: 40_00}

    page.post("/gardens/plan", {"of_20": "", "of_21": "40"})
    assert list(PlannedCost.objects.values_list("category", flat=True)) == [21]


@pytest.mark.parametrize(
    "typed",
    [
        {"more": "20"},
        {"more_amount": "30"},
        {"more": "3", "more_amount": "30"},
        {"more": "20", "more_amount": "a lot"},
        {"more": "20", "more_amount": "-5"},
    ],
)
def test_an_odd_plan_is_refused(gardens, bob, browse, typed):
    answer = browse(bob).post("/gardens/plan", typed)

    assert answer.status_code == 422
    assert not PlannedCost.objects.exists()


def test_the_desk_of_a_draft_shows_steps_with_dates_roles_and_where_prices_came_from(
    busy, gardens, alice, bob, browse, django_assert_max_num_queries
):
    book = write_playbook(collective=gardens, document=SWAP, by=bob)
    page = browse(alice)
    start = page.get(f"/start?playbook={book.slug}").text
    assert "2 steps of its checklist" in start
    assert "what Gardens paid" in start
    page.post(f"/start?playbook={book.slug}", TYPED)
    made = Collective.objects.get(slug="roofs-of-ghent")

    with django_assert_max_num_queries(25):
        desk = page.get("/roofs-of-ghent/desk").text

    for sight in ("Ask for the room", "30 days before", "Opens the door", 'href="/playbooks/seed'):
        assert sight in desk, sight
    assert "what Gardens paid" in page.get("/roofs-of-ghent/plan").text

    day = clock.today() + timedelta(days=40)
    plan_activity(collective=made, kind="event", name="One", starts_on=day, ends_on=day, by=alice)
    ahead = (day - timedelta(days=30)).isoformat()
    assert f'<time datetime="{ahead}">' in page.get("/roofs-of-ghent/desk").text
