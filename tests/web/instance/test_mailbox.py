import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from commonweal.foundation import clock
from commonweal.mail import mailbox
from commonweal.mail.models import Delivered
from commonweal.people.models import Instance


@pytest.fixture
def letters(db):
    messages = [
        EmailMultiAlternatives(f"{number} is your code", f"Code {number}. https://e.org", to=[to])
        for number, to in enumerate(["alice@example.org", "bob@example.org"], 1)
    ]
    for message in messages:
        message.attach_alternative("<p>Hi</p>", "text/html")
    mailbox.MailboxBackend(alias="default").send_messages(messages)


def test_everybody_reads_everything_in_the_demo(client, letters):
    page = client.get("/mailbox").text

    assert "This is a demo" in page
    assert "1 is your code" in page
    assert "2 is your code" in page


def test_letters_of_one_address(client, letters):
    page = client.get("/mailbox", {"to": "BOB@example.org"}).text

    assert "2 is your code" in page
    assert "1 is your code" not in page


def test_one_letter(client, letters):
    letter = Delivered.objects.get(address="alice@example.org")

    page = client.get(f"/mailbox/{letter.public_id}").text

    assert "Code 1." in page
    assert 'href="https://e.org"' in page


def test_outside_a_demo_there_is_no_mailbox(client, letters, settings):
    settings.DEMO = False
    letter = Delivered.objects.first()

    with pytest.raises(mailbox.NotADemo):
        mailbox.MailboxBackend(alias="default").send_messages([])

    Instance.objects.create(name="Ours", created_at=clock.now())
    assert client.get("/mailbox").status_code == 404
    assert client.get(f"/mailbox/{letter.public_id}").status_code == 404


def test_old_letters_are_forgotten(db, monkeypatch):
    monkeypatch.setattr(mailbox, "KEPT", 3)
    for number in range(5):
        message = EmailMultiAlternatives(str(number), "", to=["a@example.org"])
        mailbox.MailboxBackend(alias="default").send_messages([message])

    assert set(Delivered.objects.values_list("subject", flat=True)) == {"2", "3", "4"}


def test_an_empty_mailbox_says_what_to_do(client, db):
    assert not mail.outbox
    assert "No letter yet" in client.get("/mailbox").text
