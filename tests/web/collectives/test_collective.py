from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective, Goal
from commonweal.discovery.actions import list_anew
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving.models import Support, Tier
from commonweal.hosting.actions import apply, approve


def test_a_group_shows_its_pot_its_budget_its_lines_and_its_people(
    busy, gardens, alice, signed_out, django_assert_max_num_queries
):
    now = clock.now()
    Tier.objects.create(
        collective=gardens, name="Seed", amount_minor=1000, currency="EUR", created_at=now
    )
    Goal.objects.create(
        collective=gardens, title="A rain barrel", amount_minor=50_000_00, currency="EUR",
        created_at=now,
    )  # fmt: skip
    for incognito in (False, True):
        Support.objects.create(
            collective=gardens, contributor=alice, incognito=incognito, total_minor=100,
            currency="EUR", times=1, first_at=now, last_at=now,
        )  # fmt: skip

    with django_assert_max_num_queries(18):
        page = signed_out("/gardens")

    for sight in (
        "in the pot today", "Where the money goes", "Tools and parts", "Host fee", "Seed",
        "A rain barrel", "Spades and gloves", "Bob Haddad", "Commons House", "2 people gave",
        "Incognito",
    ):  # fmt: skip
        assert sight in page, sight


def test_a_new_group_says_what_will_be_here(gardens, signed_out):
    page = signed_out("/gardens")

    assert "No money has moved in twelve months" in page
    assert "No line yet" in page


def test_a_goal_starts_at_nothing_on_the_day_it_is_set(till, gardens, bob, signed_out):
    till.gift(400_00)
    amount = Money(1000_00, "EUR")
    collectives.add_goal(collective=gardens, title="A rain barrel", amount=amount, by=bob)

    assert ">0%</span>" in signed_out("/gardens")

    till.gift(250_00)

    assert ">25%</span>" in signed_out("/gardens")
    list_anew()
    assert "<b>25%</b> of the goal" in signed_out("/explore")


def test_a_draft_says_that_it_is_one_and_is_not_indexed(seedlings, bob, browse):
    page = browse(bob).get("/seedlings").text

    assert "This group is not published yet." in page
    assert 'content="noindex"' in page


def test_a_group_that_ended_keeps_its_book_open(busy, gardens, signed_out):
    Collective.objects.filter(pk=gardens.pk).update(status="closed")

    page = signed_out("/gardens")

    assert "This group has ended." in page
    assert "Spades and gloves" in page


def test_what_people_type_is_never_markup(gardens, signed_out):
    Collective.objects.filter(pk=gardens.pk).update(
        name="<script>alert(1)</script>", story="<img src=x onerror=alert(1)>", tags=["<b>x"]
    )

    page = signed_out("/gardens")

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>x" not in page


def test_groups_like_it_are_named_with_the_reason(
    gardens, seedlings, commons, bob, hana, signed_out
):
    for group in (gardens, seedlings):
        group.themes.set(["community-garden"])
    application = apply(collective=seedlings, host=commons, message="", by=bob)
    approve(application=application, by=hana)
    while list_anew():
        pass

    page = signed_out("/gardens")

    assert "same theme: Community garden" in page
    assert f'href="/{seedlings.slug}"' in page
