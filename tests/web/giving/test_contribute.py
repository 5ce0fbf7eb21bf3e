"""The giving form: sums before paying, and a clear sentence for each thing that is wrong."""

import pytest

from commonweal.collectives import actions as collectives
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions
from commonweal.giving.models import Contribution
from commonweal.people import actions as people

pytestmark = pytest.mark.django_db


def test_the_form_shows_what_a_gift_does_to_the_cent_before_paying(browse, gardens):
    page = browse().get("/gardens/give")

    assert page.status_code == 200
    for sum_shown in ("What your €10.00 does", "−€0.50", "€9<span"):
        assert sum_shown in page.text


def test_the_page_costs_few_queries(browse, gardens, bob, django_assert_max_num_queries):
    for name in ("A tree", "A bench"):
        actions.add_tier(collective=gardens, name=name, amount=Money(1500, "EUR"), by=bob)
    browser = browse()

    with django_assert_max_num_queries(6):
        browser.get("/gardens/give")


@pytest.fixture
def swap(gardens, bob):
    """Plan a seed swap of Gardens."""
    day = clock.today()
    return collectives.plan_activity(
        collective=gardens, kind="event", name="Seed swap", starts_on=day, ends_on=day, by=bob
    )


def test_a_gift_may_be_for_one_thing_the_group_does(swap, browse, give, newest):
    address = f"/gardens/give?for={swap.pk}"
    assert f'href="{address}"' in browse().get(f"/{swap.slug}").text
    assert "Your gift is for" in browse().get(address).text

    give(path=address)

    assert newest().activity_id == swap.pk


def test_what_is_over_takes_no_gifts_and_nothing_typed_is_lost(swap, bob, browse, give):
    collectives.close_activity(activity=swap, attendance=None, by=bob)
    address = f"/gardens/give?for={swap.pk}"
    assert "?for=" not in browse().get(f"/{swap.slug}").text

    page = give(path=address, own="33.33")

    assert page.status_code == 422
    assert "You cannot give for this any more." in page.text
    assert 'value="33.33"' in page.text
    assert 'action="/gardens/give"' in page.text
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("what", ["abc", "9" * 30, "0"])
def test_an_address_for_nothing_we_know_still_shows_the_form(what, browse, gardens):
    page = browse().get(f"/gardens/give?for={what}")

    assert page.status_code == 200
    assert "You cannot give for this any more." in page.text


def test_a_guest_gives_with_an_address_alone(give, newest):
    answer = give()

    assert answer.status_code == 302
    assert answer["Location"] == f"/contributions/{newest().secret}"
    assert newest().contributor.name == "Nour"


def test_the_sums_are_shown_again_without_a_script_and_nothing_is_lost(give):
    page = give(own="33.33", message="For the roses", email="not-yet", show="1")

    assert page.status_code == 200
    assert "What your €33.33 does" in page.text
    for typed in ("33.33", "For the roses", "not-yet"):
        assert typed in page.text
    assert not Contribution.objects.exists()


def test_showing_the_sums_complains_of_nothing_that_is_not_about_them(give):
    page = give(name="", email="", show="1")

    assert page.status_code == 200
    assert 'class="error"' not in page.text


def test_htmx_gets_the_sums_alone(browse, gardens):
    page = browse().post(
        "/gardens/give",
        {"own": "50", "way": "sandbox", "who": "guest", "show": "1"},
        headers={"HX-Request": "true"},
    )

    assert "<html" not in page.text
    assert "What your €50.00 does" in page.text
    assert "−€0.95" in page.text
    assert 'id="fee-transfer" hx-swap-oob="true"' in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "The smallest amount is €1.00."),
        ("-5", "The smallest amount is €1.00."),
        ("0.50", "The smallest amount is €1.00."),
        ("12.345", "Write at most two decimals, such as €12.50."),
        ("ten", "Write the amount in digits, such as €12.50."),
        ("1e3", "Write the amount in digits, such as €12.50."),
        ("١٠", "Write the amount in digits, such as €12.50."),
        ("１０", "Write the amount in digits, such as €12.50."),
        ("1.2.3", "Write the amount in digits, such as €12.50."),
        ("NaN", "Write the amount in digits, such as €12.50."),
        ("Infinity", "Write the amount in digits, such as €12.50."),
        ("1000001", "Here you can give at most €1,000,000 at once."),
        ("9" * 30, "Here you can give at most €1,000,000 at once."),
        ("9" * 5000, "Here you can give at most €1,000,000 at once."),
        ("<script>", "Write the amount in digits, such as €12.50."),
        ("'; DROP TABLE", "Write the amount in digits, such as €12.50."),
        ("10\x00", "Null characters are not allowed."),
    ],
)
def test_a_hostile_amount_gets_a_clear_sentence(give, typed, sentence):
    page = give(own=typed)

    assert page.status_code == 422
    assert sentence in page.text
    assert "<script>" not in page.text.partition("<main")[2]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("12.5", 1250), ("12,50", 1250), (" 20 ", 2000), ("1 234,50", 123450), ("1,234.50", 123450)],
)
def test_amounts_may_be_typed_as_people_write_them(give, newest, typed, minor):
    give(own=typed)

    assert newest().amount_minor == minor


def test_what_is_typed_wins_over_what_is_chosen(give, newest):
    give(amount="25.00", own="7")

    assert newest().amount_minor == 700


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": ""}, "Choose an amount, or write another one below."),
        ({"amount": "tier-999"}, "Select a valid choice."),
        ({"way": "bitcoin"}, "Select a valid choice."),
        ({"way": ""}, "This field is required."),
        ({"who": "org-1"}, "Select a valid choice."),
        ({"email": "hanne@post"}, "e-mail"),
        ({"name": "  "}, "name"),
        ({"message": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(give, typed, sentence):
    page = give(**{"message": "For the roses", **typed})

    assert page.status_code == 422
    assert sentence in page.text.partition("<main")[2]
    assert ("For the roses" in page.text) is ("message" not in typed)
    assert not Contribution.objects.exists()


def test_a_signed_in_person_gives_in_their_own_name(give, newest, alice):
    give(alice)

    assert (newest().contributor, newest().incognito) == (alice, False)


def test_an_admin_gives_for_their_organization(give, newest, hana, commons):
    give(hana, who=f"org-{commons.pk}")

    assert newest().contributor == commons.party
    assert newest().given_by == hana


def test_nobody_gives_for_an_organization_that_is_not_theirs(give, alice, commons):
    page = give(alice, who=f"org-{commons.pk}")

    assert page.status_code == 422


def test_an_incognito_gift_keeps_the_name_from_readers(give, newest, alice, browse):
    give(alice, who="incognito")

    assert newest().incognito
    assert "Alice" not in browse().get(f"/contributions/{newest().secret}").text


def test_a_tier_is_chosen_by_its_address(browse, gardens, bob, give, newest):
    tier = actions.add_tier(collective=gardens, name="A tree", amount=Money(1500, "EUR"), by=bob)

    page = browse().get(f"/gardens/give?tier={tier.pk}")
    give(amount=f"tier-{tier.pk}")

    assert "What your €15.00 does" in page.text
    assert (newest().tier, newest().amount_minor) == (tier, 1500)


def test_another_amount_keeps_a_flexible_tier_and_drops_a_fixed_one(gardens, bob, give, newest):
    def tier(name, flexible):
        return actions.add_tier(
            collective=gardens, name=name, amount=Money(1500, "EUR"), by=bob, flexible=flexible
        )

    for one, kept in ((tier("Free", True), True), (tier("Fixed", False), False)):
        give(amount=f"tier-{one.pk}", own="20")
        assert (newest().tier == one) is kept


@pytest.mark.parametrize(
    "query", ["amount=37", "amount=abc", "amount=-1", "tier=x&amount=", "tier=99999999999999999999"]
)
def test_an_odd_address_still_shows_the_form(browse, gardens, query):
    assert browse().get(f"/gardens/give?{query}").status_code == 200


def test_an_amount_in_the_address_stands_in_the_form(browse, gardens):
    page = browse().get("/gardens/give?amount=37")

    assert "What your €37.00 does" in page.text


def test_a_draft_says_that_it_takes_nothing_yet(browse, seedlings, bob):
    page = browse(bob).get("/seedlings/give")

    assert page.status_code == 200
    assert "takes no gifts" in page.text
    assert "<form" not in page.text.partition("<main")[2].partition("</main")[0]


def test_an_unknown_group_is_not_found(browse, db):
    assert browse().get("/nobody/give").status_code == 404


def test_a_renamed_group_is_found_at_its_new_address(browse, gardens, bob):
    people.rename(party=gardens.party, name="Roofs", slug="roofs", by=bob)

    answer = browse().get("/gardens/give")

    assert (answer.status_code, answer["Location"]) == (301, "/roofs/give")


def test_pretend_money_is_marked_on_the_form(browse, gardens):
    assert "pretend money" in browse().get("/gardens/give").text


def test_a_guest_cannot_have_letters_sent_to_somebody_without_end(give, alice):
    answers = [give().status_code for _ in range(7)]

    assert answers == [302] * 6 + [429]
    assert give(email="other@example.org").status_code == 302
    assert give(alice).status_code == 302
