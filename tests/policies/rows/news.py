"""What groups tell."""

from commonweal.knowledge import actions as knowledge
from policies.rows.row import WRITERS, Row

NEWS = {
    "write an update": Row(
        knowledge.write_update, WRITERS,
        lambda town: {"collective": town.gardens, "title": "Sun", "body": "It shines."},
    ),
    "edit an update": Row(
        knowledge.edit_update, WRITERS,
        lambda town: {"update": town.update, "title": "Sun", "body": "It shines."},
    ),
    "publish an update": Row(
        knowledge.publish_update, WRITERS, lambda town: {"update": town.update}
    ),
    "remove an update": Row(knowledge.remove_update, WRITERS, lambda town: {"update": town.update}),
}  # fmt: skip
