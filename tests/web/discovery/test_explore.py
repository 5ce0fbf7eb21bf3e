import pytest

from asking import asked
from commonweal.discovery.actions import list_anew
from commonweal.discovery.models import Listing
from commonweal.knowledge.actions import turn_call
from commonweal.ledger.models import Scope
from commonweal.ledger.queries import totals
from doings import tell


@pytest.fixture
def listed(busy):
    while list_anew():
        pass


def test_groups_are_found_by_word_theme_and_place(
    listed, signed_out, django_assert_max_num_queries
):
    for query in (
        "explore", "explore?q=gardens", "explore?q=gardns", "explore?theme=community-garden",
        "explore?place=brussels&km=10", "explore?raised=0&sort=pot", "themes/community-garden",
    ):  # fmt: skip
        with django_assert_max_num_queries(14):  # two of them are savepoints, in tests only
            assert 'href="/gardens"' in signed_out(f"/{query}")


@pytest.mark.parametrize(
    "query",
    ["q=zzz", "theme=no-such", "place=paris", "q=%00", "sort=upside-down&after=x", "after=1.x"],
)
def test_odd_questions_are_answered_calmly(gardens, signed_out, query):
    signed_out(f"/explore?{query}")


def test_a_search_without_an_answer_says_what_to_do(gardens, signed_out):
    assert "Be the first" in signed_out("/explore?q=zzz")


def test_a_listing_knows_what_the_ledger_says(listed, gardens):
    sums = totals(Scope.COLLECTIVE, gardens.pk, "EUR")
    found = Listing.objects.get(party=gardens.pk)

    assert (found.raised_minor, found.pot_minor) == (sums.raised.minor, sums.balance.minor)
    assert sums.balance.minor > 0


def test_a_theme_has_a_page_of_its_own(listed, signed_out, client):
    assert "<h1>Community garden</h1>" in signed_out("/themes/community-garden")
    assert client.get("/themes/no-such").status_code == 404


def test_a_mistyped_word_shows_what_comes_nearest_and_says_so(listed, signed_out):
    page = signed_out("/explore?q=gardnes")

    assert 'href="/gardens"' in page
    assert "come nearest" in page


def test_a_draft_is_not_listed(seedlings, signed_out):
    assert 'href="/seedlings"' not in signed_out("/explore")


def test_htmx_gets_the_part_it_asks_for(gardens, client):
    page = client.get("/explore", headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    assert page.text.lstrip().startswith('<section id="found"')
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize(
    ("kind", "sight"),
    [
        ("activities", "Tomato feast"),
        ("updates", "The first tomatoes"),
        ("playbooks", 'href="/start?playbook=seed-swap"'),
        ("people", "Commons House"),
    ],
)
def test_each_sort_has_rows_of_its_own(
    gardens, bob, signed_out, kind, sight, django_assert_max_num_queries
):
    tell(gardens, bob)
    while list_anew():
        pass

    with django_assert_max_num_queries(14):
        page = signed_out(f"/explore?kind={kind}")

    assert sight in page
    assert 'aria-current="page">' in page
    assert "Nothing here yet" in signed_out(f"/explore?kind={kind}&q=qqqqqqq")


def test_who_finds_nothing_may_be_the_first_with_the_words_they_typed(listed, client, signed_out):
    page = signed_out("/explore?q=zzzz+goats&theme=food")

    assert "Be the first" in page
    assert 'href="/start?about=zzzz+goats&amp;theme=food"' in page
    start = client.get("/start?about=zzzz+goats&theme=food").text
    assert "zzzz goats</textarea>" in start
    assert '<option value="food" selected>' in start


def test_who_finds_nothing_here_sees_who_does_it_nearby(listed, signed_out):
    page = signed_out("/explore?q=gardens&place=gent")

    assert 'href="/gardens"' in page
    assert "km away" in page


def test_who_wants_to_help_sees_the_groups_that_ask_now(listed, gardens, bob, signed_out):
    assert 'href="/gardens"' not in signed_out("/explore?help=on")

    call = asked(gardens, bob)

    assert 'href="/gardens"' in signed_out("/explore?help=on")
    turn_call(call=call, to="filled", by=bob)
    assert 'href="/gardens"' not in signed_out("/explore?help=on")
