"""Taking statements in, and placing their lines."""

from commonweal.banking.actions.collected import Answered, take_answers
from commonweal.banking.actions.forgetting import forget_payer
from commonweal.banking.actions.making import CannotBeUndone, DoesNotSum, NotThisHost
from commonweal.banking.actions.placing import (
    NotPlaced,
    PlacedAlready,
    Share,
    WordsMissing,
    place,
    place_new,
    undo,
)
from commonweal.banking.actions.sweeping import sweep
from commonweal.banking.actions.taking import NotOurAccount, Taken, take

__all__ = [
    "Answered",
    "CannotBeUndone",
    "DoesNotSum",
    "NotOurAccount",
    "NotPlaced",
    "NotThisHost",
    "PlacedAlready",
    "Share",
    "Taken",
    "WordsMissing",
    "forget_payer",
    "place",
    "place_new",
    "sweep",
    "take",
    "take_answers",
    "undo",
]
