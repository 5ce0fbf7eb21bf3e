import pytest

from commonweal.people import actions, policies
from commonweal.people.models import Role

EVERYBODY = [*Role, "itself", "stranger", "nobody"]


@pytest.fixture
def as_(alice, dan, bob, harbour):
    def person(who):
        if who in {"nobody", "itself"}:
            return None if who == "nobody" else harbour
        if who == "stranger":
            return dan
        actions.hold_role(person=alice, party=harbour, role=who, by=bob)
        return alice

    return person


@pytest.mark.parametrize("who", EVERYBODY)
def test_admins_edit_their_organization(as_, harbour, who):
    assert policies.may_edit(as_(who), harbour) == (who in {Role.ADMIN, "itself"})


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("role", Role)
def test_admins_give_the_roles_of_the_team(as_, harbour, dan, who, role):
    allowed = who == Role.ADMIN and role not in {Role.BACKER, Role.FOLLOWER}

    assert policies.may_grant(as_(who), harbour, role) == allowed


@pytest.mark.parametrize("who", EVERYBODY)
def test_admins_end_the_roles_of_others(as_, harbour, bob, who):
    assert policies.may_end(as_(who), bob, harbour) == (who == Role.ADMIN)


def test_everybody_ends_their_own_role_and_follows_for_themselves(alice, bob, harbour):
    assert policies.may_end(alice, alice, harbour)
    assert policies.may_grant(alice, harbour, Role.FOLLOWER, to=alice)
    assert not policies.may_grant(bob, harbour, Role.FOLLOWER, to=alice)


def test_only_oneself_is_erased(alice, bob, harbour):
    assert policies.may_erase(alice, alice)
    assert not policies.may_erase(bob, alice)
    assert not policies.may_erase(bob, harbour)
    assert not policies.may_erase(None, alice)
