"""People, organizations and the roles they hold."""

from commonweal.people import actions as people
from commonweal.people.models import Role
from policies.rows.row import (
    ADMINS,
    ALL,
    DAN,
    HOST,
    NO_ONE,
    PURSE,
    SHOP,
    SIGNED_IN,
    THE_SERVER,
    Row,
)

PEOPLE = {
    "join": Row(people.sign_up, ALL, lambda _: {"email": "new@example.org", "name": "New"}),
    "leave an address as a guest": Row(
        people.ensure_guest, ALL, lambda _: {"email": "new@example.org", "name": "New"}
    ),
    "set the server up again": Row(
        people.set_up, NO_ONE,
        lambda _: {"name": "Mine", "admin_name": "Me", "admin_email": "new@example.org"},
        people.AlreadySetUp,
    ),
    "move Dan's address": Row(
        people.change_email, DAN | THE_SERVER,
        lambda town: {"login": town.login, "email": "new@example.org"},
    ),
    "make Dan of the guest": Row(
        people.claim_guest, DAN | THE_SERVER,
        lambda town: {"login": town.login, "email": "nour@example.org"},
    ),
    "make an organization": Row(
        people.create_organization, SIGNED_IN, lambda _: {"name": "New House"}
    ),
    "describe Dan": Row(
        people.edit_profile, DAN, lambda town: {"party": town.dan, "about": "Mine"}
    ),
    "describe the shop": Row(
        people.edit_profile, SHOP, lambda town: {"party": town.shop, "about": "Mine"}
    ),
    "rename Dan": Row(
        people.rename, DAN, lambda town: {"party": town.dan, "name": "Mine", "slug": "mine"}
    ),
    "rename the group": Row(
        people.rename, ADMINS,
        lambda town: {"party": town.gardens.party, "name": "Mine", "slug": "mine"},
    ),
    "take the group's picture away": Row(
        people.set_picture, ADMINS | THE_SERVER,
        lambda town: {"party": town.gardens.party, "picture": None},
    ),
    "make Dan a member": Row(
        people.grant, ADMINS | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.MEMBER},
    ),
    "make Dan an admin": Row(
        people.grant, ADMINS | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.ADMIN},
    ),
    "make Dan a backer who gave nothing": Row(
        people.grant, THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.BACKER},
    ),
    "let Dan follow the group": Row(
        people.grant, DAN | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.gardens, "role": Role.FOLLOWER},
    ),
    "make Dan an accountant of the host": Row(
        people.grant, HOST | THE_SERVER,
        lambda town: {"person": town.dan, "party": town.host.party, "role": Role.ACCOUNTANT},
    ),
    "end the membership of Mona": Row(
        people.leave, {"a member"} | ADMINS | THE_SERVER,
        lambda town: {"person": town.mona, "party": town.gardens, "role": Role.MEMBER},
    ),
    "send the host's accountant away": Row(
        people.leave, PURSE | THE_SERVER,
        lambda town: {"person": town.carol, "party": town.host.party, "role": Role.ACCOUNTANT},
    ),
    "invite a member": Row(
        people.invite, ADMINS,
        lambda town: {"party": town.gardens, "email": "new@example.org", "role": Role.MEMBER},
    ),
    "invite an accountant of the host": Row(
        people.invite, HOST,
        lambda town: {"party": town.host.party, "email": "x@example.org", "role": Role.ACCOUNTANT},
    ),
    "withdraw an invitation": Row(
        people.withdraw_invitation, ADMINS, lambda town: {"invitation": town.invitation}
    ),
    "accept an invitation": Row(people.accept, SIGNED_IN, lambda town: {"token": town.token}),
    "erase Dan": Row(people.erase, DAN | THE_SERVER, lambda town: {"person": town.dan}),
}  # fmt: skip
