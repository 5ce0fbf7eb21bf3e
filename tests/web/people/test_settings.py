import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from commonweal.foundation import clock
from commonweal.people import actions, queries
from commonweal.people.models import Party, Role

PAGES = ["", "/addresses", "/security", "/security/sessions", "/memberships", "/data", "/erase"]


def profile(**facts):
    return {
        "name": "Nadia", "slug": "nadia-el-amrani", "about": "", "website": "", "language": "fr",
        **facts,
    }  # fmt: skip


def upload(content, name="me.png"):
    return SimpleUploadedFile(name, content, "image/png")


def drawn():
    out = BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_strangers_sign_in_first_and_come_back(client, db, page):
    assert client.get(f"/settings{page}").url == f"/sign-in?next=/settings{page}"


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_with_few_questions(as_nadia, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        answer = as_nadia.get(f"/settings{page}")

    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith(("private", "max-age=0"))


def test_a_profile_is_changed_and_its_old_address_leads_on(as_nadia, nadia):
    as_nadia.post("/settings", profile(slug="nadia", about="Hello", website="https://n.example"))

    person = Party.objects.get(pk=nadia.person_id)
    assert (person.name, person.about, person.language) == ("Nadia", "Hello", "fr")
    answer = as_nadia.get("/nadia-el-amrani")
    assert (answer.status_code, answer.url) == (301, "/nadia")


def test_a_taken_address_is_said_and_nothing_typed_is_lost(as_nadia):
    actions.sign_up(email="x@example.org", name="Taken")

    answer = as_nadia.post("/settings", profile(slug="taken", about="Long text"))

    assert answer.status_code == 422
    assert b"Long text" in answer.content
    assert b'id="id_slug_error"' in answer.content


def test_a_picture_is_shown_and_can_be_taken_back(as_nadia, nadia):
    as_nadia.post("/settings", profile(picture=upload(drawn())))
    assert Party.objects.get(pk=nadia.person_id).picture.name.endswith(".webp")

    as_nadia.post("/settings", profile(no_picture="on"))

    assert not Party.objects.get(pk=nadia.person_id).picture


def test_what_is_no_picture_is_refused(as_nadia, nadia):
    answer = as_nadia.post("/settings", profile(picture=upload(b"<svg onload=alert(1)>")))

    assert answer.status_code == 422
    assert not Party.objects.get(pk=nadia.person_id).picture


def test_another_address_is_proved_by_a_code_and_then_signs_in(
    as_nadia, nadia, latest_code, client
):
    guest = actions.ensure_guest(email="n@work.example", name="N")
    as_nadia.post("/settings/addresses", {"email": "n@work.example"})
    as_nadia.post("/settings/addresses/code", {"code": latest_code()})

    client.post("/sign-in", {"email": "n@work.example"})
    client.post("/sign-in/code", {"code": latest_code()})

    assert client.get("/settings").context["person"] == nadia.person
    guest.refresh_from_db()
    assert guest.claimed_by == nadia.person


def test_the_first_address_can_change_but_not_go(as_nadia, nadia, latest_code):
    as_nadia.post("/settings/addresses", {"email": "n@work.example"})
    as_nadia.post("/settings/addresses/code", {"code": latest_code()})
    old, new = EmailAddress.objects.filter(user=nadia).order_by("pk")

    as_nadia.post(f"/settings/addresses/{old.pk}", {"remove": "1"})
    assert EmailAddress.objects.filter(pk=old.pk).exists()

    with clock.moved_to(clock.now() - timedelta(days=4)):
        as_nadia.post(f"/settings/addresses/{new.pk}", {"first": "1"})
    as_nadia.post(f"/settings/addresses/{old.pk}", {"remove": "1"})

    nadia.refresh_from_db()
    assert nadia.email == "n@work.example"
    assert not EmailAddress.objects.filter(pk=old.pk).exists()


def test_all_addresses_stay_for_three_days_after_another_became_the_first(
    as_nadia, nadia, latest_code
):
    as_nadia.post("/settings/addresses", {"email": "n@work.example"})
    as_nadia.post("/settings/addresses/code", {"code": latest_code()})
    old, new = EmailAddress.objects.filter(user=nadia).order_by("pk")

    as_nadia.post(f"/settings/addresses/{new.pk}", {"first": "1"})
    as_nadia.post(f"/settings/addresses/{old.pk}", {"remove": "1"})

    assert EmailAddress.objects.filter(pk=old.pk).exists()


def test_an_address_of_somebody_else_is_not_taken_over(as_nadia, nadia, latest_code):
    other = actions.sign_up(email="other@example.org", name="Other")
    as_nadia.post("/settings/addresses", {"email": other.email})

    as_nadia.post("/settings/addresses/code", {"code": latest_code()})

    assert not EmailAddress.objects.filter(user=nadia, email=other.email).exists()


def test_one_does_not_touch_the_addresses_of_others(as_nadia, signed_in):
    other = actions.sign_up(email="other@example.org", name="Other")
    signed_in(other)
    address = EmailAddress.objects.get(user=other)

    as_nadia.post(f"/settings/addresses/{address.pk}", {"remove": "1"})

    assert EmailAddress.objects.filter(pk=address.pk).exists()


def test_signing_out_everywhere_else_leaves_this_browser_in(nadia, signed_in, time_machine):
    phone = signed_in(nadia)
    desk = signed_in(nadia)
    assert desk.get("/settings/security/sessions").text.count("<li class=") >= 2

    desk.post("/settings/security/sessions")

    assert phone.get("/settings").status_code == 302
    assert desk.get("/settings").status_code == 200


def test_a_grave_step_asks_again_after_a_while(as_nadia, latest_code, time_machine):
    time_machine.move_to(clock.now() + timedelta(minutes=16))

    answer = as_nadia.get("/settings/data/download")
    assert answer.url == "/settings/confirm?next=%2Fsettings%2Fdata%2Fdownload"

    as_nadia.post("/settings/confirm", {"send": "1", "next": "/settings/data/download"})
    wrong = as_nadia.post("/settings/confirm", {"code": "x", "next": "/settings/data/download"})
    assert wrong.status_code == 422
    right = {"code": latest_code(), "next": "/settings/data/download"}
    assert as_nadia.post("/settings/confirm", right).url == "/settings/data/download"
    assert as_nadia.get("/settings/data/download").status_code == 200


def test_ones_data_is_all_there(as_nadia, nadia):
    actions.create_organization(name="Harbour", by=nadia.person)

    answer = as_nadia.get("/settings/data/download")

    data = json.loads(answer.content)
    assert data["profile"]["name"] == "Nadia El Amrani"
    assert data["addresses"] == [{"email": "nadia@example.org", "primary": True}]
    assert data["roles"][0]["party__name"] == "Harbour"
    assert "attachment" in answer["Content-Disposition"]


def test_who_leaves_for_good_is_signed_out_everywhere(nadia, signed_in):
    phone, desk = signed_in(nadia), signed_in(nadia)
    assert desk.post("/settings/erase", {"sure": ""}).status_code == 422

    answer = desk.post("/settings/erase", {"sure": "on"})

    assert desk.get(answer.url).status_code == 200
    for browser in (phone, desk):
        assert browser.get("/settings").status_code == 302
    assert queries.login_by_email("nadia@example.org") is None
    assert desk.get("/nadia-el-amrani").status_code == 404


def test_the_last_admin_is_led_to_the_team_instead(as_nadia, nadia):
    made = actions.create_organization(name="Harbour", by=nadia.person)

    answer = as_nadia.post("/settings/erase", {"sure": "on"})

    assert f"/{made.slug}/team" in answer.text
    assert queries.login_by_email("nadia@example.org")


def test_leaving_a_group_and_being_its_last_admin(as_nadia, nadia):
    made = actions.create_organization(name="Harbour", by=nadia.person)
    membership = nadia.person.memberships.get()

    answer = as_nadia.post(f"/settings/memberships/{membership.pk}/leave")
    assert answer.status_code == 409
    assert "only admin" in answer.text

    other = actions.sign_up(email="o@example.org", name="O").person
    actions.grant(person=other, party=made, role=Role.ADMIN, by=nadia.person)
    as_nadia.post(f"/settings/memberships/{membership.pk}/leave")

    assert list(queries.admins(made)) == [other]


def test_an_invitation_is_accepted_after_signing_in(client, nadia, latest_code):
    made = actions.create_organization(name="Harbour", by=nadia.person)
    token = actions.invite(party=made, email="new@example.org", role=Role.MEMBER, by=nadia.person)
    page = f"/invitations/{token}"
    first = client.get(page)
    client.post(first.url, {"email": "new@example.org", "next": page})
    client.post("/sign-in/code", {"code": latest_code()})
    answer = client.post("/sign-in/name", {"name": "New"})
    assert answer.url == page

    assert "Harbour" in client.get(page).text
    client.post(page)

    new = queries.login_by_email("new@example.org").person
    assert queries.roles(new, made) == {Role.MEMBER}
    assert client.get(page).status_code == 410


def test_the_team_page_is_for_admins(as_nadia, nadia, signed_in):
    made = actions.create_organization(name="Harbour", by=nadia.person)
    dan = signed_in(actions.sign_up(email="dan@example.org", name="Dan"))

    assert dan.get("/harbour/team").status_code == 403
    assert dan.get("/harbour/profile").status_code == 403
    as_nadia.post("/harbour/team", {"email": "erik@example.org", "role": "admin"})

    assert [one.email for one in queries.open_invitations(made)] == ["erik@example.org"]
    assert "erik@example.org" in as_nadia.get("/harbour/team").text


def test_an_organization_gets_a_page_and_a_new_name(as_nadia):
    boats = {"name": "Harbour", "legal_form": "company", "about": "Boats"}
    answer = as_nadia.post("/organizations/new", boats)
    assert "Boats" in as_nadia.get(answer.url).text

    as_nadia.post("/harbour/profile", profile(name="Quay", slug="quay", legal_form="company"))

    assert "Quay" in as_nadia.get("/quay").text


def test_no_letter_is_sent_by_looking(as_nadia):
    before = len(mail.outbox)
    for page in PAGES:
        as_nadia.get(f"/settings{page}")
    as_nadia.get("/settings/confirm")

    assert len(mail.outbox) == before


def test_a_picture_is_served_and_kept_by_browsers(as_nadia, nadia):
    as_nadia.post("/settings", profile(picture=upload(drawn())))
    page = as_nadia.get("/nadia-el-amrani").text
    (address,) = set(re.findall(r'src="(/files/pictures/[^"]+)"', page))

    answer = as_nadia.get(address)

    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert as_nadia.get("/files/pictures/none.webp").status_code == 404


def test_an_organization_says_what_it_is_and_may_correct_it(as_nadia):
    assert as_nadia.post("/organizations/new", {"name": "Ixelles"}).status_code == 422
    as_nadia.post("/organizations/new", {"name": "Ixelles", "legal_form": "company"})

    page = profile(name="Ixelles", slug="ixelles-commune", legal_form="public body")
    as_nadia.post("/ixelles/profile", page)

    assert queries.party_by_slug("ixelles-commune").legal_form == "public body"
