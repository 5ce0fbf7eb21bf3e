"""Two people who leave at the same moment must not both believe that the other stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commonweal.foundation.errors import Refused
from commonweal.people import actions, queries
from commonweal.people.models import Party, Role


def goes(way, person, group):
    try:
        if way == "leave":
            actions.leave(person=person, party=group, role=Role.ADMIN, by=person)
        else:
            actions.erase(person=person, by=person)
    except Refused:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.parametrize("ways", [("leave", "leave"), ("leave", "erase"), ("erase", "erase")])
def test_a_group_keeps_an_admin(committed, ways):
    ada, ben = (
        actions.sign_up(email=f"{name}@example.org", name=name).person for name in ("Ada", "Ben")
    )
    group = actions.create_organization(name="Harbour", by=ada)
    actions.grant(person=ben, party=group, role=Role.ADMIN, by=ada)

    with ThreadPoolExecutor(2) as pool:
        gone = list(pool.map(goes, ways, (ada, ben), (group, group)))

    assert sorted(gone) == [False, True]
    assert queries.admins(group).count() == 1


def test_people_of_one_name_who_join_at_once_get_different_addresses(committed):
    def join(number):
        try:
            return actions.sign_up(email=f"n{number}@example.org", name="Nadia").person.slug
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        slugs = list(pool.map(join, range(4)))

    assert len(set(slugs)) == 4
    assert Party.objects.count() == 4
