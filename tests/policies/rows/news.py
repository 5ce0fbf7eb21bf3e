"""What groups tell, and how they do it."""

from commonweal.knowledge import actions as knowledge
from knowledge.test_playbooks import SWAP
from policies.rows.row import WRITERS, Row
from spending.conftest import photo

NEWS = {
    "write an update": Row(
        knowledge.write_update, WRITERS,
        lambda town: {"collective": town.gardens, "title": "Sun", "body": "It shines."},
    ),
    "edit an update": Row(
        knowledge.edit_update, WRITERS,
        lambda town: {"update": town.update, "title": "Sun", "body": "It shines."},
    ),
    "show a picture with an update": Row(
        knowledge.add_picture, WRITERS,
        lambda town: {"update": town.update, "content": photo(), "alt": "A bean"},
    ),
    "take a picture away": Row(
        knowledge.remove_picture, WRITERS, lambda town: {"picture": town.picture}
    ),
    "publish an update": Row(
        knowledge.publish_update, WRITERS, lambda town: {"update": town.update}
    ),
    "write a playbook": Row(
        knowledge.write_playbook, WRITERS,
        lambda town: {"collective": town.gardens, "document": SWAP},
    ),
    "edit a playbook": Row(
        knowledge.edit_playbook, WRITERS,
        lambda town: {
            "playbook": town.playbook, "document": SWAP | {"people": 41}, "seen": 1,
        },
    ),
    "remove a playbook": Row(
        knowledge.remove_playbook, WRITERS, lambda town: {"playbook": town.playbook}
    ),
    "remove an update": Row(knowledge.remove_update, WRITERS, lambda town: {"update": town.update}),
}  # fmt: skip
