from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from commonweal.foundation import clock
from commonweal.spending import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path):
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = settings.STORAGES | {"default": files}


def after(days):
    with clock.moved_to(clock.now() + timedelta(days=days)):
        return tasks.throw_away_waiting()


def test_a_receipt_waits_for_a_week_and_no_longer():
    waiting = default_storage.save("waiting/1.jpg", ContentFile(b"a slip"))
    kept = default_storage.save("receipts/1.jpg", ContentFile(b"a slip"))

    assert after(days=6) == 0
    assert default_storage.exists(waiting)
    assert after(days=8) == 1
    assert not default_storage.exists(waiting)
    assert default_storage.exists(kept)


def test_where_nothing_waits_nothing_goes():
    assert after(days=8) == 0
