import pytest

from commonweal.foundation import secret_file
from commonweal.people.models import Instance, Login


@pytest.fixture
def empty(db, settings, tmp_path):
    """A server that nobody has set up."""
    Instance.objects.all().delete()
    settings.DEMO = False
    settings.FIRST_RUN_TOKEN = tmp_path / "first-run-token"
    return settings


def answers(**facts):
    return {
        "name": "Our City", "place": "Brussels", "admin_name": "Ada",
        "admin_email": "ada@example.org", **facts,
    }  # fmt: skip


@pytest.mark.parametrize("page", ["/", "/explore", "/ledger", "/sign-in", "/anything"])
def test_every_page_leads_to_the_first_and_the_word_is_ready(client, empty, page):
    assert client.get(page).url == "/first-run"
    assert empty.FIRST_RUN_TOKEN.stat().st_mode & 0o777 == 0o600


def test_the_page_itself_and_its_style_open(client, empty):
    assert client.get("/first-run").status_code == 200
    assert secret_file.kept(empty.FIRST_RUN_TOKEN) not in client.get("/first-run").text


@pytest.mark.parametrize("token", ["", "guess", "é"])
def test_a_stranger_cannot_take_the_server(client, empty, token):
    client.get("/first-run")

    answer = client.post("/first-run", answers(token=token))

    assert answer.status_code == 422
    assert not Instance.objects.exists()
    assert not Login.objects.exists()


def test_who_sees_the_screen_sets_the_server_up_and_is_in(client, empty):
    token = secret_file.kept(empty.FIRST_RUN_TOKEN)

    answer = client.post("/first-run", answers(token=f" {token} "))

    assert answer.url == "/settings"
    assert client.get("/settings").status_code == 200
    made = Instance.objects.get()
    assert (made.name, made.place.name, made.demo) == ("Our City", "Brussels", False)
    assert Login.objects.get().is_staff
    assert not empty.FIRST_RUN_TOKEN.exists()


def test_it_happens_once(client, empty):
    token = secret_file.kept(empty.FIRST_RUN_TOKEN)
    client.post("/first-run", answers(token=token))

    assert client.get("/first-run").status_code == 404
    assert client.post("/first-run", answers(token=token)).status_code == 404


def test_an_unknown_city_is_said_beside_the_field(client, empty):
    token = secret_file.kept(empty.FIRST_RUN_TOKEN)

    answer = client.post("/first-run", answers(token=token, place="Nowhereville"))

    assert b'id="id_place_error"' in answer.content
