"""`commonweal log`, and that the key it speaks of stays where it is."""

from argparse import Namespace

import pytest
from django.conf import settings

from commonweal.cli import log as command
from commonweal.transparency import actions, queries
from transparency.conftest import accounts, gives, log  # noqa: F401 - fixtures

NOTHING = {"rotate_key": False, "watch": None, "witness": None}


def said(capsys, **options) -> tuple[int, str]:
    code = command.run(Namespace(**NOTHING | options))
    return code, capsys.readouterr().out


def test_before_it_begins_it_says_when_it_will(db, own_log, capsys):
    assert "worker's first round" in said(capsys)[1]


def test_it_shows_the_public_key_and_never_the_private_one(log, gives, capsys):  # noqa: F811
    gives(100)
    actions.advance()

    code, words = said(capsys)

    assert code == 0
    assert str(queries.verifier()) in words
    assert "1 of 1 transactions" in words
    assert settings.LOG_KEY.read_text().strip() not in words


@pytest.mark.django_db(transaction=False)
def test_a_new_key_is_handed_over_to(log, capsys, django_capture_on_commit_callbacks):  # noqa: F811
    before = queries.verifier()
    with django_capture_on_commit_callbacks(execute=True):
        code, words = said(capsys, rotate_key=True)

    assert code == 0
    assert "signed the hand-over" in words
    assert queries.verifier() != before


def test_without_its_key_nothing_is_handed_over(log, capsys):  # noqa: F811
    settings.LOG_KEY.unlink()

    code, words = said(capsys, rotate_key=True)

    assert code == 1
    assert "private key of the log is not where it should be" in words
    assert [well for well, _ in command.examined()] == [False, True]


def test_a_key_that_was_not_copied_whole_is_refused(log, capsys):  # noqa: F811
    code, words = said(capsys, watch="city+12345678+AAAA")

    assert code == 1
    assert "cannot be used" in words


@pytest.mark.xdist_group("cli")
def test_the_key_is_in_no_backup(copy_of_instance, tmp_path):
    instance = copy_of_instance(tmp_path / "data")
    instance.python("from commonweal.transparency.actions import make_key\nmake_key(origin='city')")

    done = instance("backup", tmp_path / "backup.tar")

    assert done.returncode == 0, done.stderr
    secret = (tmp_path / "data" / "log.key").read_bytes().strip()
    assert secret.startswith(b"PRIVATE+KEY+city+")
    assert secret not in (tmp_path / "backup.tar").read_bytes()
    assert "the key of the public log elsewhere" in done.stdout
