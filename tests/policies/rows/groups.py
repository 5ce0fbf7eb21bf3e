"""Groups, what is said about them, and the hosts that hold their money."""

from cast import IBAN
from commonweal.collectives import actions as collectives
from commonweal.collectives.rules import Size
from commonweal.conversations import actions as conversations
from commonweal.discovery import actions as discovery
from commonweal.hosting import actions as hosting
from commonweal.importing import actions as importing
from commonweal.places.models import Place
from importing.exports import GIFT, write
from policies.rows.row import (
    ADMIN_OF_DRAFTS,
    ADMINS,
    HOST,
    SHOP,
    SIGNED_IN,
    THE_SERVER,
    WRITERS,
    Row,
)
from policies.town import DAY, EUR

EXPORT = write([GIFT], currency="EUR")
BANK = {"fee_ppm": 10_000, "iban": IBAN, "bic": "", "account_holder": ""}
PAGE = {
    "name": "Mine", "about": "", "place": None, "themes": [], "tags": [], "story": "All mine.",
}  # fmt: skip

GROUPS = {
    "start a group": Row(
        collectives.start, SIGNED_IN,
        lambda _: {"name": "New", "about": "", "place": Place.objects.first(), "themes": []},
    ),
    "edit the page": Row(
        collectives.edit, ADMINS, lambda town: {"collective": town.gardens, **PAGE}
    ),
    "set a goal": Row(
        collectives.add_goal, ADMINS,
        lambda town: {"collective": town.gardens, "title": "Mine", "amount": EUR("1")},
    ),
    "remove a goal": Row(collectives.remove_goal, ADMINS, lambda town: {"goal": town.goal}),
    "plan an event": Row(
        collectives.plan_activity, WRITERS,
        lambda town: {
            "collective": town.gardens, "kind": "event", "name": "Sunday", "starts_on": DAY,
            "ends_on": DAY,
        },
    ),
    "change an event": Row(
        collectives.edit_activity, WRITERS,
        lambda town: {
            "activity": town.event, "name": "Monday", "about": "", "theme": None, "place": None,
            "starts_on": DAY, "ends_on": DAY,
        },
    ),
    "close an event": Row(
        collectives.close_activity, WRITERS,
        lambda town: {"activity": town.event, "attendance": 40},
    ),
    "reopen an event": Row(
        collectives.reopen_activity, WRITERS, lambda town: {"activity": town.closed_event}
    ),
    "plan a year": Row(
        collectives.plan_costs, ADMINS,
        lambda town: {"collective": town.gardens, "costs": {20: EUR("100")}},
    ),
    "take up the baton of a group": Row(
        collectives.note_source, ADMIN_OF_DRAFTS,
        lambda town: {"collective": town.draft, "source": town.gardens},
    ),
    "start from a group": Row(
        discovery.start_from, SIGNED_IN,
        lambda town: {
            "source": town.gardens, "name": "New", "about": "", "place": Place.objects.first(),
            "themes": [], "tiers": [town.tier.pk], "size": Size.SAME, "goal": "A year",
        },
    ),
    "start from a playbook": Row(
        discovery.start_from_playbook, SIGNED_IN,
        lambda town: {
            "playbook": town.playbook, "name": "New", "about": "", "place": Place.objects.first(),
            "themes": [], "tiers": [0], "size": Size.SAME, "goal": "A year",
        },
    ),
    "close a group": Row(
        collectives.close, ADMIN_OF_DRAFTS, lambda town: {"collective": town.draft}
    ),
    "say something": Row(
        conversations.say, SIGNED_IN, lambda _: {"subject": "thing:1", "body": "Hello"}
    ),
    "become a host": Row(
        hosting.become_host, SHOP, lambda town: {"organization": town.shop, **BANK}
    ),
    "change a host's terms": Row(
        hosting.edit_host, HOST,
        lambda town: {"host": town.host, "terms": "", "open_to_applications": False, **BANK},
    ),
    "say what a host keeps, and who bears what": Row(
        hosting.set_fees, HOST,
        lambda town: {
            "host": town.host, "fees": [], "rail_fee_by": "host", "losses_by": "host",
            "currencies": [],
        },
    ),
    "ask a host": Row(
        hosting.apply, ADMIN_OF_DRAFTS,
        lambda town: {"collective": town.draft, "host": town.other_host, "message": "Hello"},
    ),
    "take a request back": Row(
        hosting.withdraw, ADMIN_OF_DRAFTS, lambda town: {"application": town.application}
    ),
    "ask about a request": Row(
        hosting.ask, HOST, lambda town: {"application": town.application, "question": "Who?"}
    ),
    "answer what a host asks": Row(
        hosting.answer, ADMIN_OF_DRAFTS,
        lambda town: {"application": town.application, "message": "We."},
    ),
    "accept a request": Row(
        hosting.approve, HOST, lambda town: {"application": town.application}
    ),
    "decline a request": Row(
        hosting.decline, HOST, lambda town: {"application": town.application, "reason": "No."}
    ),
    "agree on a fee": Row(
        hosting.agree_fee, HOST, lambda town: {"hosting": town.hosting, "fee_ppm": 0}
    ),
    "end a hosting": Row(
        hosting.leave, ADMIN_OF_DRAFTS | HOST, lambda town: {"hosting": town.empty}
    ),
    "bring a history into the group": Row(
        importing.import_open_collective_csv, HOST | THE_SERVER,
        lambda town: {"file": EXPORT, "collective": town.gardens.slug},
    ),
    "bring a history to the host": Row(
        importing.import_open_collective_csv, HOST | THE_SERVER,
        lambda town: {"file": EXPORT, "collective": "from-afar", "host": town.host.party.slug},
    ),
    "bring rates along": Row(
        importing.import_rates, THE_SERVER, lambda _: {"file": b"Date,ISK\n2024-01-02,150.5\n"}
    ),
}  # fmt: skip
