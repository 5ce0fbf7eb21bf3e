"""What every page has: the layout, headers, refusals and designed errors."""

from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.http import HttpResponse

from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.web import errors, stylesheet
from commonweal.web.middleware import RefusedMiddleware

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_answered_with_a_designed_page(client):
    page = client.get("/no-such-thing/at-all")

    assert page.status_code == 404
    assert "There is nothing here" in page.text
    assert 'id="main"' in page.text


def test_the_stylesheet_is_one_file_and_may_be_kept_for_a_year(client):
    page = client.get("/no-such-thing/at-all")
    address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]

    sheet = client.get(address)

    assert sheet.status_code == 200
    assert "@layer components" in sheet.text
    assert "immutable" in sheet["Cache-Control"]


def test_choosing_a_language_sets_one_cookie_and_goes_back(client):
    answer = client.get("/language/fr?next=/explore")

    assert answer["Location"] == "/explore"
    assert list(answer.cookies) == ["lang"]


def test_choosing_a_language_never_leads_to_another_site(client):
    assert client.get("/language/fr?next=https://evil.example/")["Location"] == "/"


def test_the_page_for_our_own_mistakes_asks_nothing_of_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = errors.broken(rf.get("/"))

    assert page.status_code == 500
    assert "No money was lost" in page.text


def test_files_of_others_are_the_ones_we_checked():
    folder = Path(stylesheet.__file__).parent / "static"
    sums = (folder / "vendor" / "SHA256SUMS").read_text().splitlines()

    assert len(sums) > 5
    for line in sums:
        digest, name = line.split(maxsplit=1)
        assert sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_a_refusal_is_a_page_that_loses_nothing(rf):
    request = rf.post("/gardens/give", {"amount": "20", "message": "For <soil>", "password": "x"})
    request.user, request.person = AnonymousUser(), None

    page = errors.refused(request, Refused("The pot is closed."))

    assert page.status_code == 409
    assert "The pot is closed." in page.text
    assert 'name="message" value="For &lt;soil&gt;"' in page.text
    assert "password" not in page.text


def test_a_refusal_of_rights_is_a_403(rf):
    request = rf.get("/gardens/desk")
    request.user, request.person = AnonymousUser(), None

    assert errors.refused(request, NotAllowed()).status_code == 403


def test_refusals_reach_the_reader_and_other_errors_do_not(rf):
    middleware = RefusedMiddleware(lambda request: HttpResponse())
    request = rf.get("/")
    request.user, request.person = AnonymousUser(), None

    assert middleware.process_exception(request, Refused("No.")).status_code == 409
    assert middleware.process_exception(request, ValueError()) is None


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.wrong_request, 400), (errors.not_allowed, 403), (errors.not_found, 404),
     (errors.too_many, 429), (errors.stale_form, 403)],
)  # fmt: skip
def test_every_error_has_a_page(rf, view, status):
    request = rf.get("/somewhere")
    request.user, request.person = AnonymousUser(), None

    page = view(request)

    assert page.status_code == status
    assert 'id="main"' in page.text


def test_a_signed_in_page_is_private_and_names_the_reader(browse, alice):
    page = browse(alice).get("/explore")

    assert page["Cache-Control"] == "private, no-cache"
    assert "Alice Peeters" in page.text


def test_pages_speak_the_language_of_the_browser_or_of_the_cookie(client):
    assert client.get("/explore", headers={"Accept-Language": "nl"})["Content-Language"] == "nl"
    client.get("/language/fr")
    assert client.get("/explore", headers={"Accept-Language": "nl"})["Content-Language"] == "fr"


def test_there_is_no_language_that_is_not_offered(client):
    assert client.get("/language/xx").status_code == 404


def test_an_old_stylesheet_is_not_found(client):
    assert client.get("/stylesheet/0123456789ab.css").status_code == 404


def test_htmx_puts_an_error_where_the_content_was(client):
    page = client.get("/nobody/ledger", headers={"HX-Request": "true"})

    assert page.status_code == 404
    assert page["HX-Retarget"] == page["HX-Reselect"] == "#main"
    assert client.get("/nobody/ledger").get("HX-Retarget") is None


def test_what_a_visitor_with_a_session_reads_is_not_shared(client):
    client.cookies["sessionid"] = "anything"

    assert client.get("/explore")["Cache-Control"].startswith("private")


def test_static_files_can_be_collected_under_names_with_a_hash(settings, tmp_path):
    backend = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    settings.STATIC_ROOT = tmp_path

    call_command("collectstatic", "--noinput", verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
