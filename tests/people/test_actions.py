import pytest

from commonweal.activity.models import Fact
from commonweal.foundation.errors import NotAllowed
from commonweal.people import actions, queries
from commonweal.people.models import Instance, OldSlug, Party, Role


def test_who_signs_up_is_a_person_without_a_password(db):
    login = actions.sign_up(email="Alice@Example.org", name="Alice A")

    assert login.email == "alice@example.org"
    assert login.person.slug == "alice-a"
    assert not login.has_usable_password()


def test_an_address_signs_in_one_person(alice):
    with pytest.raises(actions.AddressTaken):
        actions.sign_up(email="ALICE@example.org", name="Another")


def test_two_people_of_one_name_have_two_addresses(alice):
    other = actions.sign_up(email="other@example.org", name="Alice").person

    assert (alice.slug, other.slug) == ("alice", "alice-2")


def test_whoever_makes_an_organization_is_its_admin(bob, harbour):
    assert harbour.kind == Party.Kind.ORGANIZATION
    assert queries.roles(bob, harbour) == {Role.ADMIN}


def test_a_profile_says_what_its_admin_wrote(bob, harbour):
    actions.edit_profile(party=harbour, about="Boats for all", name="Old Harbour", by=bob)

    harbour.refresh_from_db()
    assert (harbour.name, harbour.about, harbour.slug) == (
        "Old Harbour",
        "Boats for all",
        "harbour",
    )


def test_a_stranger_does_not_edit_or_rename(dan, harbour):
    with pytest.raises(NotAllowed):
        actions.edit_profile(party=harbour, about="Mine", by=dan)
    with pytest.raises(NotAllowed):
        actions.rename(party=harbour, name="Mine", slug="mine", by=dan)


def test_the_old_address_leads_to_the_new_one(bob, harbour):
    actions.rename(party=harbour, name="Quay", slug="quay", by=bob)

    assert queries.party_by_slug("harbour") == harbour
    assert queries.party_by_slug("quay").name == "Quay"


def test_nobody_takes_an_address_that_somebody_had(bob, harbour, dan):
    actions.rename(party=harbour, name="Quay", slug="quay", by=bob)

    with pytest.raises(actions.SlugTaken):
        actions.rename(party=dan, name="Dan", slug="harbour", by=dan)
    assert actions.create_organization(name="Harbour", by=dan).slug == "harbour-2"


def test_one_takes_back_the_address_one_had(bob, harbour):
    actions.rename(party=harbour, name="Quay", slug="quay", by=bob)
    actions.rename(party=harbour, name="Harbour", slug="harbour", by=bob)

    assert list(OldSlug.objects.values_list("slug", flat=True)) == ["quay"]


@pytest.mark.parametrize("slug", ["ledger", "Not A Slug", "", "settings"])
def test_an_address_of_ours_or_of_no_form_is_refused(alice, slug):
    with pytest.raises(actions.SlugTaken):
        actions.rename(party=alice, name="Alice", slug=slug, by=alice)


def test_an_admin_gives_a_role_once(bob, harbour, alice):
    for _ in range(2):
        actions.grant(person=alice, party=harbour, role=Role.ACCOUNTANT, by=bob)

    assert queries.roles(alice, harbour) == {Role.ACCOUNTANT}
    assert [member.person for member in queries.team(harbour)] == [bob, alice]


def test_only_a_person_has_roles(bob, harbour):
    with pytest.raises(actions.NotAPerson):
        actions.grant(person=harbour, party=harbour, role=Role.ADMIN, by=bob)


def test_the_last_admin_cannot_leave(bob, harbour):
    with pytest.raises(actions.LastAdmin):
        actions.leave(person=bob, party=harbour, role=Role.ADMIN, by=bob)


def test_one_of_two_admins_leaves_and_may_come_back(bob, harbour, alice):
    actions.grant(person=alice, party=harbour, role=Role.ADMIN, by=bob)
    actions.leave(person=bob, party=harbour, role=Role.ADMIN, by=bob)

    assert list(queries.admins(harbour)) == [alice]
    actions.grant(person=bob, party=harbour, role=Role.ADMIN, by=alice)
    assert list(queries.admins(harbour)) == [alice, bob]


def test_leaving_what_one_is_not_in_is_refused(alice, harbour):
    with pytest.raises(actions.NotAMember):
        actions.leave(person=alice, party=harbour, role=Role.MEMBER, by=alice)


def test_an_invitation_gives_its_role_once(bob, harbour, alice, dan):
    token = actions.invite(party=harbour, email="a@example.org", role=Role.MEMBER, by=bob)

    actions.accept(token=token, by=alice)

    assert queries.roles(alice, harbour) == {Role.MEMBER}
    with pytest.raises(actions.NoSuchInvitation):
        actions.accept(token=token, by=dan)


def test_inviting_again_leads_to_the_same_invitation(bob, harbour):
    first, second = (
        actions.invite(party=harbour, email="a@example.org", role=Role.MEMBER, by=bob)
        for _ in range(2)
    )

    assert queries.invitation_by_token(first) == queries.invitation_by_token(second)
    assert Fact.objects.filter(kind="membership.invited").count() == 1


def test_an_invitation_taken_back_or_made_up_does_nothing(bob, harbour, alice):
    token = actions.invite(party=harbour, email="a@example.org", role=Role.MEMBER, by=bob)
    actions.withdraw_invitation(invitation=queries.invitation_by_token(token), by=bob)

    for wrong in (token, "made-up", ""):
        with pytest.raises(actions.NoSuchInvitation):
            actions.accept(token=wrong, by=alice)


def test_an_old_invitation_does_nothing(bob, harbour, alice, time_machine):
    time_machine.move_to("2026-01-01")
    token = actions.invite(party=harbour, email="a@example.org", role=Role.MEMBER, by=bob)
    time_machine.move_to("2026-02-15")

    with pytest.raises(actions.NoSuchInvitation):
        actions.accept(token=token, by=alice)


def test_a_guest_of_the_same_name_and_address_is_the_same_guest(db):
    one, same, other = (
        actions.ensure_guest(email=email, name=name)
        for email, name in [("g@e.org", "Gil"), ("G@e.org", " gil "), ("g@e.org", "Gilles")]
    )

    assert one == same
    assert one != other


def test_a_guest_is_never_taken_for_somebody_who_signs_in(alice):
    guest = actions.ensure_guest(email="alice@example.org", name="Alice")

    assert guest != alice
    assert queries.contact_email(guest) == "alice@example.org"


def test_who_proves_an_address_becomes_its_guests(alice, harbour):
    guest = actions.ensure_guest(email="alice@example.org", name="Lissie")
    actions.grant(person=guest, party=harbour, role=Role.BACKER, by=None)

    claimed = actions.claim_guest(login=alice.login)

    assert claimed == [guest]
    assert queries.roles(alice, harbour) == {Role.BACKER}
    assert queries.party_by_slug("lissie") == alice
    assert actions.claim_guest(login=alice.login) == []


def test_a_server_is_set_up_once(db):
    Instance.objects.all().delete()
    facts = {"name": "Our City", "admin_name": "Ada", "admin_email": "ada@example.org"}

    login = actions.set_up(**facts)

    assert login.is_staff
    assert Instance.objects.get().name == "Our City"
    with pytest.raises(actions.AlreadySetUp):
        actions.set_up(**facts)


def test_a_picture_replaces_the_one_before_and_its_file(alice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.set_picture(party=alice, picture=b"one", by=alice)
        first = alice.picture.name
        actions.set_picture(party=alice, picture=b"two", by=alice)

    assert not alice.picture.storage.exists(first)
    with alice.picture.open() as file:
        assert file.read() == b"two"


def test_a_sign_in_link_works_once_and_for_ten_minutes(alice, time_machine):
    time_machine.move_to("2026-05-01 10:00:00+00:00", tick=False)
    token = queries.sign_in_token(alice.login)

    assert queries.login_by_token(token) == alice.login
    time_machine.shift(601)
    assert queries.login_by_token(token) is None
    assert queries.login_by_token("made-up") is None
