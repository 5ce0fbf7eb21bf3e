"""History stays, the name goes."""

import pytest
from django.db import connection

from commonweal.activity.actions import record
from commonweal.activity.models import Fact
from commonweal.collectives import actions as collectives
from commonweal.foundation.errors import NotAllowed
from commonweal.people import actions, queries
from commonweal.people.models import Invitation, Login, Party, Role

WORDS = ("zebedee", "zzyzx")


def where_written(*words):
    """Return every column in which one of the words stands, whatever its case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = "
            "'public' AND table_name IN (SELECT tablename FROM pg_tables) AND data_type IN "
            "('text', 'character varying', 'jsonb', 'ARRAY', 'USER-DEFINED', 'bytea')"
        )
        columns = cursor.fetchall()
        pattern = "|".join(words)
        return [
            f"{table}.{column}"
            for table, column in columns
            if stands(cursor, table, column, pattern)
        ]


def stands(cursor, table, column, pattern):
    cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ~* %s)', [pattern])
    return cursor.fetchone()[0]


@pytest.fixture
def zebedee(harbour, bob):
    person = actions.sign_up(email="zebedee@zzyzx.example", name="Zebedee Zzyzx").person
    actions.edit_profile(
        party=person, about="I am Zebedee", website="https://zzyzx.example", by=person
    )
    actions.rename(party=person, name="Zebedee Z", slug="zebedee-z", by=person)
    actions.set_picture(party=person, picture=b"zebedee", by=person)
    actions.grant(person=person, party=harbour, role=Role.MEMBER, by=bob)
    actions.invite(party=harbour, email="zebedee@zzyzx.example", role=Role.ADMIN, by=bob)
    actions.ensure_guest(email="zebedee@zzyzx.example", name="Zeb Zzyzx")
    actions.claim_guest(login=person.login)
    record("expense.declined", subject="expense:1", by=person.pk, note="Yours, Zebedee")
    return person


def test_an_erased_person_is_written_nowhere(zebedee):
    assert len(where_written(*WORDS)) >= 8

    actions.erase(person=zebedee, by=zebedee)

    assert where_written(*WORDS) == []


def test_history_stays(zebedee, harbour):
    facts = Fact.objects.count()

    actions.erase(person=zebedee, by=zebedee)

    zebedee = Party.objects.get(pk=zebedee.pk)
    assert zebedee.name == "Someone"
    assert zebedee.erased_at
    assert Fact.objects.count() > facts
    assert zebedee.memberships.get(party=harbour).until is not None


def test_who_is_erased_signs_in_no_more(zebedee):
    actions.erase(person=zebedee, by=zebedee)

    assert not Login.objects.filter(person=zebedee).exists()
    assert not queries.party_by_slug("zebedee-z")
    assert not Invitation.objects.exists()


def test_the_picture_is_gone_from_the_disk(zebedee, django_capture_on_commit_callbacks):
    name, storage = zebedee.picture.name, zebedee.picture.storage
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(person=zebedee, by=zebedee)

    assert not storage.exists(name)


def test_the_last_admin_hands_over_first(bob, harbour, alice):
    with pytest.raises(actions.NotHandedOver, match="Harbour"):
        actions.erase(person=bob, by=bob)

    actions.grant(person=alice, party=harbour, role=Role.ADMIN, by=bob)
    actions.erase(person=bob, by=bob)

    assert list(queries.admins(harbour)) == [alice]


def test_a_group_that_has_ended_needs_no_admin(bob, seedlings):
    with pytest.raises(actions.NotHandedOver, match="Seedlings"):
        actions.erase(person=bob, by=bob)

    collectives.close(collective=seedlings, by=bob)
    actions.erase(person=bob, by=bob)

    assert not queries.admins(seedlings)


def test_the_last_admin_of_what_has_ended_may_leave(bob, seedlings):
    with pytest.raises(actions.LastAdmin):
        actions.leave(person=bob, party=seedlings, role=Role.ADMIN, by=bob)

    collectives.close(collective=seedlings, by=bob)
    actions.leave(person=bob, party=seedlings, role=Role.ADMIN, by=bob)

    assert not queries.admins(seedlings)


def test_nobody_erases_somebody_else(alice, dan):
    with pytest.raises(NotAllowed):
        actions.erase(person=alice, by=dan)


def test_an_erased_person_has_roles_no_more(alice, harbour, bob):
    actions.erase(person=alice, by=alice)
    alice.refresh_from_db()

    with pytest.raises(actions.NotAPerson):
        actions.grant(person=alice, party=harbour, role=Role.MEMBER, by=bob)
