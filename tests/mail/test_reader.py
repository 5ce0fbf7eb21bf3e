import smtplib

import pytest
from django.core import mail
from django.db import transaction

from commonweal.activity.actions import record
from commonweal.config.addresses import MAILBOX
from commonweal.foundation import clock
from commonweal.mail import post, reader
from commonweal.mail.models import Delivered, Letter, News
from commonweal.people import actions
from commonweal.people.models import Role


@pytest.fixture
def invited(commons, hana):
    News.objects.all().delete()
    actions.invite(party=commons.party, email="erik@example.org", role=Role.ADMIN, by=hana)


class Broken:
    """A mail server that is away."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def __enter__(self):
        self.monkeypatch.setattr(post, "_hand_over", self._fail)

    def __exit__(self, *_):
        self.monkeypatch.undo()

    @staticmethod
    def _fail(address, written, stop=""):
        raise smtplib.SMTPServerDisconnected


def test_a_fact_becomes_one_letter_however_often_it_is_read(invited):
    while reader.read():
        pass
    reader.read()

    assert [letter.to for letter in mail.outbox] == [["erik@example.org"]]
    assert not News.objects.exists()


def test_a_fact_that_is_taken_back_is_no_news(db):
    News.objects.all().delete()
    with transaction.atomic():
        record("membership.invited", subject="invitation:1", by=None)
        transaction.set_rollback(True)

    assert not News.objects.exists()


def test_a_sent_letter_forgets_what_it_said_and_to_whom(invited):
    while reader.read():
        pass

    letter = Letter.objects.get()
    assert letter.sent_at
    assert (letter.address, letter.subject, letter.text, letter.html) == ("", "", "", "")


def test_a_letter_waits_for_the_mail_server_and_leaves_once(invited, monkeypatch, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    with Broken(monkeypatch):
        reader.read()
        assert post.send_waiting() == 0
    assert not mail.outbox

    time_machine.shift(61)
    assert [post.send_waiting(), post.send_waiting()] == [1, 0]

    assert len(mail.outbox) == 1


def test_after_two_days_a_letter_is_given_up(invited, monkeypatch, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    with Broken(monkeypatch):
        reader.read()
        for _ in range(12):
            time_machine.shift(86_401)
            post.send_waiting()

    letter = Letter.objects.get()
    assert (letter.next_try_at, letter.sent_at, letter.tries) == (None, None, 8)


@pytest.mark.parametrize("fate", ["sent", "given up"])
def test_a_letter_is_forgotten_after_a_month(invited, monkeypatch, time_machine, fate):
    time_machine.move_to(clock.now(), tick=False)
    if fate == "sent":
        reader.read()
    with Broken(monkeypatch):
        reader.read()
        for _ in range(12):
            time_machine.shift(86_401)
            post.send_waiting()

    time_machine.shift(17 * 86_400)
    assert post.forget_old() == 0
    time_machine.shift(2 * 86_400)
    assert post.forget_old() == 1
    assert not Letter.objects.exists()


def test_a_letter_that_waits_is_not_forgotten(invited, monkeypatch, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    with Broken(monkeypatch):
        reader.read()

    time_machine.shift(40 * 86_400)
    assert post.forget_old() == 0


def test_the_mailbox_of_the_demo_keeps_its_letters(invited, time_machine, settings):
    settings.MAILERS = {"default": {"BACKEND": MAILBOX}}
    time_machine.move_to(clock.now(), tick=False)
    reader.read()

    time_machine.shift(40 * 86_400)
    post.forget_old()

    assert Delivered.objects.count() == 1


def test_a_kill_between_claiming_and_sending_makes_a_letter_late_not_lost(
    invited, monkeypatch, time_machine
):
    time_machine.move_to(clock.now(), tick=False)
    monkeypatch.setattr(post, "_hand_over", killed)
    with pytest.raises(SystemExit):
        reader.read()
    monkeypatch.undo()

    time_machine.shift(61)
    assert post.send_waiting() == 1


def killed(address, written, stop=""):
    raise SystemExit


def test_old_facts_surprise_nobody(invited, time_machine):
    time_machine.move_to("2046-01-01")

    while reader.read():
        pass

    assert not mail.outbox
    assert not News.objects.exists()


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(invited, caplog):
    record("expense.paid", subject="expense:999999", by=None)

    while reader.read():
        pass

    assert len(mail.outbox) == 1
    assert "No letter could be written" in caplog.text


def test_who_is_erased_gets_no_letter_that_still_waits(invited, monkeypatch):
    with Broken(monkeypatch):
        reader.read()

    post.forget("ERIK@example.org")

    assert not Letter.objects.exists()
