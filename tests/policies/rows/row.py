"""A row of the table, and the sets of people it names."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from commonweal.foundation.errors import NotAllowed, Refused
from policies.town import EVERYBODY, Town


@dataclass(frozen=True)
class Row:
    """An action, who may take it, and what it is given in a town; `by` is whoever tries."""

    action: Callable[..., object]
    may: Collection[str]
    given: Callable[[Town], dict[str, Any]]
    refusal: type[Refused] = NotAllowed


ALL = frozenset(EVERYBODY)
NO_ONE: frozenset[str] = frozenset()
SIGNED_IN = ALL - {"nobody", "a guest", "somebody erased", "an organization"}
THE_SERVER = {"nobody"}  # these actions take None for the server itself; faces ask who is there
DAN = {"a stranger"}
GUEST = {"nobody", "a guest"}
ADMINS = {"an admin", "an admin who is paid"}
WRITERS = ADMINS | {"a member"}
ADMIN_OF_DRAFTS = {"an admin"}
AUTHOR = {"the author"}
SHOP = {"the author", "the payee", "an admin who is paid"}
HOST = {"the host's admin"}
PURSE = {"the host's admin", "the host's accountant"}
IN_THE_KNOW = ADMINS | SHOP | PURSE
