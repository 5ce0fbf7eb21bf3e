"""Those who run a group find what waits for them, and change what the group says."""

from io import BytesIO

import pytest
from PIL import Image

from commonweal.collectives.models import Collective, Goal
from commonweal.hosting import actions as hosting
from commonweal.people import actions as people
from commonweal.people.models import Party, Role

PAGES = ["desk", "edit", "goals", "close", "apply"]


def page_of(collective: Collective) -> dict[str, object]:
    """Return what the form of a group's page holds, unchanged."""
    return {
        "name": collective.name, "slug": collective.slug, "about": collective.about,
        "place": "Brussels", "exact": "brussels", "themes": ["community-garden"], "tags": "",
        "story": "", "website": "",
    }  # fmt: skip


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    file.seek(0)
    file.name = "roof.jpg"
    return file


@pytest.mark.parametrize("page", PAGES)
def test_the_desk_is_for_admins_alone(gardens, bob, dan, hana, browse, page):
    people.grant(person=dan, party=gardens.party, role=Role.MEMBER, by=bob)
    address = f"/gardens/{page}"

    assert browse(bob).get(address).status_code == 200
    assert browse(dan).get(address).status_code == 403
    assert browse(hana).get(address).status_code == 403
    assert browse().get(address).url == f"/sign-in?next={address}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_desk_asks_little(
    seedlings, bob, browse, page, django_assert_max_num_queries
):
    client = browse(bob)

    with django_assert_max_num_queries(25):
        client.get(f"/seedlings/{page}")


@pytest.mark.parametrize("page", PAGES)
def test_no_group_no_desk(bob, browse, page):
    assert browse(bob).get(f"/nothing-here/{page}").status_code == 404


def test_a_draft_says_what_is_left_to_do(seedlings, commons, bob, browse):
    client = browse(bob)

    first = client.get("/seedlings/desk").text
    hosting.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    then = client.get("/seedlings/desk").text

    assert "6 steps are left" in first
    assert "Ask a host to hold your money" in first
    assert "Commons House has your request" in then


def test_a_hosted_group_sees_its_pot_and_its_host(busy, bob, browse):
    page = browse(bob).get("/gardens/desk").text

    assert "Commons House" in page
    assert "holds your money, its share is 5%" in page
    assert "In the pot now" in page


def test_the_page_of_a_group_is_changed(gardens, bob, browse):
    typed = page_of(gardens) | {
        "name": "Roof Gardens", "slug": "roof-gardens", "story": "We **dig**.",
        "tags": "Compost, compost , bees", "themes": ["community-garden", "food"],
    }  # fmt: skip

    answer = browse(bob).post("/gardens/edit", typed)

    changed = Collective.objects.get(pk=gardens.pk)
    assert answer.url == "/roof-gardens/edit"
    assert (changed.name, changed.story) == ("Roof Gardens", "We **dig**.")
    assert changed.tags == ["compost", "bees"]
    assert changed.themes.count() == 2
    assert browse().get("/gardens").url == "/roof-gardens"


def test_a_story_can_be_looked_at_before_it_is_saved(gardens, bob, browse):
    typed = page_of(gardens) | {"story": "We **dig**. <script>", "preview": "1"}

    answer = browse(bob).post("/gardens/edit", typed)

    assert answer.status_code == 200
    assert "<strong>dig</strong>" in answer.text
    assert "We **dig**. &lt;script&gt;" in answer.text
    assert Collective.objects.get(pk=gardens.pk).story == ""


def test_a_picture_is_shown_and_taken_away(gardens, bob, browse, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = browse(bob)

    client.post("/gardens/edit", page_of(gardens) | {"picture": picture()})
    shown = Party.objects.get(pk=gardens.pk).picture.name
    client.post("/gardens/edit", page_of(gardens) | {"no_picture": "on"})

    assert shown.endswith(".webp")
    assert not Party.objects.get(pk=gardens.pk).picture


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "commons-house"}, "taken"),
        ({"slug": "settings"}, "not possible"),
        ({"themes": []}, "required"),
        (
            {"themes": ["food", "repair-cafe", "hackathon", "community-garden", "music", "sport"]},
            "",
        ),
        ({"website": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(gardens, bob, browse, changes, said):
    answer = browse(bob).post("/gardens/edit", page_of(gardens) | {"name": "Other"} | changes)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Other"' in answer.text
    assert Collective.objects.get(pk=gardens.pk).name == "Gardens"


def test_a_file_that_is_no_picture_changes_nothing(gardens, bob, browse):
    file = BytesIO(b"not a picture")
    file.name = "roof.jpg"

    answer = browse(bob).post("/gardens/edit", page_of(gardens) | {"picture": file, "name": "X"})

    assert answer.status_code == 422
    assert "This is no picture" in answer.text
    assert Collective.objects.get(pk=gardens.pk).name == "Gardens"


def test_goals_are_set_and_removed(gardens, bob, browse):
    client = browse(bob)
    goal = {"title": "A second bench", "amount": "1.200,50", "per": "year"}

    assert client.post("/gardens/goals", goal | {"amount": "much"}).status_code == 422
    client.post("/gardens/goals", goal)
    made = Goal.objects.get()
    assert (made.title, made.amount_minor, made.per) == ("A second bench", 120_050, "year")

    client.post(f"/gardens/goals/{made.pk}/remove")
    assert not Goal.objects.exists()


def test_what_belongs_to_another_group_is_not_found_here(gardens, seedlings, bob, browse):
    client = browse(bob)
    client.post("/gardens/goals", {"title": "Bench", "amount": "10", "per": "once"})

    answer = client.post(f"/seedlings/goals/{Goal.objects.get().pk}/remove")

    assert answer.status_code == 404
    assert Goal.objects.exists()


def test_a_group_leaves_its_host_and_ends(gardens, bob, browse):
    client = browse(bob)
    hosted = gardens.hostings.get()
    assert client.post("/gardens/close").status_code == 409

    left = client.post(f"/gardens/hosting/groups/{hosted.pk}/end")
    ended = client.post("/gardens/close")

    assert left.url == "/gardens/desk"
    assert ended.url == "/gardens"
    assert Collective.objects.get(pk=gardens.pk).status == Collective.Status.CLOSED
