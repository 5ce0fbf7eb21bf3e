"""What changes collectives, and the activities they plan and close."""

from commonweal.collectives.actions.activities import (
    NotOver,
    WrongOrder,
    close_activity,
    edit_activity,
    plan_activity,
    reopen_activity,
)
from commonweal.collectives.actions.groups import (
    HasEnded,
    NobodyHostsIt,
    NotADraft,
    NotPublic,
    OtherCurrency,
    StillHosted,
    add_goal,
    close,
    edit,
    note_source,
    plan_costs,
    publish,
    remove_goal,
    start,
)

__all__ = [
    "HasEnded",
    "NobodyHostsIt",
    "NotADraft",
    "NotOver",
    "NotPublic",
    "OtherCurrency",
    "StillHosted",
    "WrongOrder",
    "add_goal",
    "close",
    "close_activity",
    "edit",
    "edit_activity",
    "note_source",
    "plan_activity",
    "plan_costs",
    "publish",
    "remove_goal",
    "reopen_activity",
    "start",
]
