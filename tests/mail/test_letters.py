from datetime import date

import pytest
from django.core import mail

from cast import start
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.giving import tasks as giving_tasks
from commonweal.hosting import actions as hosting
from commonweal.ledger.models import Purpose
from commonweal.mail import reader
from commonweal.mail.letters import LETTERS
from commonweal.mail.models import News
from commonweal.mail.writing import write
from commonweal.people import actions as people
from commonweal.people.models import Role


@pytest.fixture
def quiet():
    """Forget what happened while the stage was set."""

    def forget():
        News.objects.all().delete()

    return forget


def letters():
    while reader.read():
        pass
    return {letter.to[0]: letter for letter in mail.outbox}


@pytest.fixture
def pledge(gardens, alice):
    def promise(**facts):
        return giving.pledge(
            collective=gardens, amount=Money(2000, "EUR"), rail="transfer",
            contributor=alice, given_by=alice, by=alice, **facts,
        )  # fmt: skip

    return promise


def test_an_invitation_has_a_link_that_works(commons, hana, dan, quiet):
    quiet()
    people.invite(party=commons.party, email="dan@example.org", role=Role.ACCOUNTANT, by=hana)

    text = letters()["dan@example.org"].body

    token = text.partition("/invitations/")[2].split()[0]
    assert people.accept(token=token, by=dan).role == Role.ACCOUNTANT


def test_who_promises_a_transfer_learns_what_to_write(pledge, quiet):
    quiet()
    contribution = pledge()
    assert not letters(), "the bank details are not known yet"
    charge = giving_tasks.begin(contribution)

    text = letters()["alice@example.org"].body

    facts = charge.next_step["facts"]
    assert facts["reference"] in text
    assert facts["account"] in text
    assert "€20.00" in text


def test_who_gave_is_thanked_when_the_money_is_there(pledge, carol, quiet):
    contribution = pledge()
    quiet()
    giving.confirm_transfer(
        contribution=contribution, amount=Money(1950, "EUR"), arrived_on=date(2026, 5, 4), by=carol
    )

    letter = letters()["alice@example.org"]

    assert letter.subject == "Gardens has your €19.50"
    assert f"/contributions/{contribution.secret}" in letter.body


def test_a_group_learns_that_a_gift_was_taken_back_and_who_bears_it(pledge, carol, quiet):
    contribution = giving.confirm_transfer(
        contribution=pledge(), amount=Money(2000, "EUR"), arrived_on=date(2026, 5, 4), by=carol
    )
    quiet()
    charge = giving_queries.charge_of(contribution)
    giving.take_away(charge=charge, on=date(2026, 5, 5), reason="", by=None, target=Purpose.BANK)

    found = letters()

    assert found["bob@example.org"].subject == "A gift of €20.00 was taken back"
    assert "€19.00 left your pot." in found["bob@example.org"].body
    assert "€20.00" in found["alice@example.org"].subject


def test_the_host_learns_who_asks_and_the_group_what_was_said(seedlings, commons, bob, hana, quiet):
    quiet()
    application = hosting.apply(collective=seedlings, host=commons, message="We sow.", by=bob)
    assert "We sow." in letters()["hana@example.org"].body

    hosting.ask(application=application, question="Where?", by=hana)
    assert "Where?" in letters()["bob@example.org"].body

    hosting.decline(application=application, reason="Too far away.", by=hana)
    assert "Too far away." in letters()["bob@example.org"].body


def test_the_group_learns_that_it_is_accepted(gardens):
    assert letters()["bob@example.org"].subject == "Gardens can be given to from now on"


def test_nobody_is_told_what_they_did_themselves(commons, hana, quiet):
    quiet()
    application = hosting.apply(collective=_of(hana, commons), host=commons, message="", by=hana)
    hosting.approve(application=application, by=hana)

    assert not letters()


def _of(person, commons):
    return start(person, commons.party.place, "Hana's")


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_every_letter_has_a_subject_and_a_body_in_every_language(db, kind, language):
    written = write(LETTERS[kind].template, language, {"amount": Money(1, "EUR"), "note": "Why"})

    assert written.subject
    assert written.text.strip()
    assert "{" not in written.text


def test_what_people_wrote_is_plain_text_in_both_forms(db):
    written = write("application_answered", "en", {"note": "<b>Hi</b> & bye"})

    assert "<b>Hi</b> & bye" in written.text
    assert "&lt;b&gt;Hi&lt;/b&gt; &amp; bye" in written.html
