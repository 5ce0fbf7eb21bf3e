"""Pictures of updates: what is kept of them, where they are shown, and what is refused."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from commonweal.knowledge import actions
from commonweal.knowledge.models import Picture, Update
from commonweal.mail import reader
from commonweal.people import actions as people
from commonweal.people.models import Role

CONTENT = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content"


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """Keep files of this test apart."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def photo(size=(1000, 500), name="beans.jpg"):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x8825] = {1: "N", 2: (50.8, 0, 0)}
    out = BytesIO()
    Image.new("RGB", size, "green").save(out, "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def typed(**more):
    return {"title": "Harvest", "body": "Look.", **more}


@pytest.fixture
def shown(gardens, bob, alice, browse):
    """Publish an update with a picture, as Bob does; Alice follows."""
    people.grant(person=alice, party=gardens.party, role=Role.FOLLOWER, by=alice)
    desk = browse(bob)
    answer = desk.post("/gardens/updates/new", typed(picture=photo(), alt='Beans & "peas"'))
    assert answer.status_code == 302
    desk.post("/gardens/updates/1/publish")
    return Picture.objects.get()


def test_a_picture_is_shown_on_the_page_in_the_feed_and_in_the_letter(
    shown, client, settings, signed_out
):
    path = f"/files/updates/{shown.word}.webp"
    for page in ("/gardens/updates/1", "/gardens/updates"):
        text = signed_out(page)
        assert f'src="{path}" alt="Beans &amp; &quot;peas&quot;" width="1000"' in text

    feed = ET.fromstring(client.get("/gardens/updates.atom").content)  # noqa: S314 - our own
    parts = ET.fromstring(f"<div>{feed.findtext(CONTENT)}</div>".replace('">', '"/>'))  # noqa: S314
    [image] = parts.iter("img")
    assert image.get("src") == f"{settings.ADDRESS}{path}"
    assert image.get("alt") == 'Beans & "peas"'

    while reader.read():
        pass
    [letter] = [one for one in mail.outbox if one.subject == "Gardens: Harvest"]
    assert f'Picture: Beans & "peas"\n{settings.ADDRESS}{path}' in letter.body


def test_only_pixels_are_kept_and_browsers_keep_them_for_good(shown, client):
    answer = client.get(f"/files/updates/{shown.word}.webp")
    content = b"".join(answer.streaming_content)

    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert b"taken at home" not in content
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (1000, 500)
        assert not picture.getexif()
    assert client.get("/files/updates/nothing.webp").status_code == 404


@pytest.mark.parametrize(
    ("picture", "alt", "sentence"),
    [
        (b"<svg onload='alert(1)'/>", "Beans", "This is no picture."),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "Beans", "This is no picture."),
        (b"GIF89a" + b"\0" * (11 * 2**20), "Beans", "This is no picture."),
        (None, " ", "Say in a few words what the picture shows"),
    ],
    ids=["a drawing with a script", "half a picture", "too large", "without words"],
)
def test_what_cannot_be_shown_is_refused_in_words_and_the_text_is_kept(
    gardens, bob, browse, picture, alt, sentence
):
    sent = SimpleUploadedFile("x.png", picture, "image/png") if picture else photo()
    answer = browse(bob).post("/gardens/updates/new", typed(picture=sent, alt=alt))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Look." in answer.text
    assert not Update.objects.exists()


def test_a_seventh_picture_is_one_too_many(gardens, bob, browse):
    update = actions.write_update(collective=gardens, title="Harvest", body="Look.", by=bob)
    for number in range(6):
        content = photo().read()
        actions.add_picture(update=update, content=content, alt=f"Bean {number}", by=bob)

    answer = browse(bob).post("/gardens/updates/1/edit", typed(picture=photo(), alt="More"))

    assert answer.status_code == 422
    assert "at most six pictures" in answer.text
    assert update.pictures.count() == 6


def test_a_picture_that_is_taken_away_is_gone_with_its_file(
    shown, bob, browse, signed_out, django_capture_on_commit_callbacks
):
    assert default_storage.exists(shown.file.name)
    looked = browse(bob).post("/gardens/updates/1/edit", typed(away=shown.pk, preview="1"))
    assert f'value="{shown.pk}" checked' in looked.text
    with django_capture_on_commit_callbacks(execute=True):
        answer = browse(bob).post("/gardens/updates/1/edit", typed(away=shown.pk))

    assert answer.status_code == 302
    assert not default_storage.exists(shown.file.name)
    page = signed_out("/gardens/updates/1")
    assert shown.word not in page
    assert "edited" in page


def test_pictures_go_with_the_update_that_is_removed(
    shown, bob, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_update(update=Update.objects.get(), by=bob)

    assert not Picture.objects.exists()
    assert not default_storage.exists(shown.file.name)


def test_more_pictures_do_not_need_more_questions(
    shown, bob, client, django_assert_max_num_queries
):
    for number in range(2, 8):
        update = actions.write_update(
            collective=Update.objects.first().collective, title="More", body="Look.", by=bob
        )
        actions.add_picture(update=update, content=photo().read(), alt=f"Pea {number}", by=bob)
        actions.publish_update(update=update, by=bob)

    with django_assert_max_num_queries(6):
        assert client.get("/gardens/updates").text.count("<img") == 7
    with django_assert_max_num_queries(6):
        client.get("/updates.atom")
