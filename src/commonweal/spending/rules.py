"""Pure rules about expenses: which step may follow which, and what adds up to what."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonweal.foundation.money import Money

Status = Literal["draft", "submitted", "approved", "in payment", "paid", "declined", "withdrawn"]
Step = Literal["edit", "submit", "approve", "decline", "withdraw", "pay", "mark_paid", "return"]

# Where each step may start, and where it ends; `edit` keeps a draft a draft.
STEPS: dict[Step, tuple[frozenset[str], str]] = {
    "edit": (frozenset({"draft", "submitted", "approved", "declined"}), "submitted"),
    "submit": (frozenset({"draft"}), "submitted"),
    "approve": (frozenset({"submitted"}), "approved"),
    "decline": (frozenset({"submitted", "approved"}), "declined"),
    "withdraw": (frozenset({"draft", "submitted", "approved", "declined"}), "withdrawn"),
    "pay": (frozenset({"approved"}), "in payment"),
    "mark_paid": (frozenset({"in payment"}), "paid"),
    "return": (frozenset({"in payment", "paid"}), "approved"),
}

LONGEST_TITLE = 120
MOST_ITEMS = 50

_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL_WORDS = {
    "and", "for", "from", "our", "the", "two", "with", "aux", "avec", "dans", "des", "les", "leur",
    "nos", "notre", "par", "pour", "sur", "une", "bij", "dat", "een", "het", "met", "onze", "van",
    "voor",
}  # fmt: skip
_SHORTEST_PART = 4


@dataclass(frozen=True)
class Item:
    """One line of an expense as typed: what, when, from which category, how much."""

    description: str
    spent_on: date
    category: int
    amount: Money


def may_follow(step: Step, status: str) -> bool:
    """Whether an expense that stands at `status` may take this step."""
    return status in STEPS[step][0]


def total(items: Iterable[Item]) -> Money:
    """Return the sum of the items, which are of one currency; raises `ValueError` for none."""
    amounts = [item.amount for item in items]
    if not amounts:
        raise ValueError("an expense has at least one item")
    return sum(amounts[1:], start=amounts[0])


def total_of(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of amounts of one currency, which may be none."""
    return sum(amounts, start=Money(0, currency))


def by_category(items: Iterable[tuple[int, Money]]) -> list[tuple[int, Money]]:
    """Return what is spent in each category, so that each becomes one ledger transaction."""
    sums: dict[int, list[Money]] = defaultdict(list)
    for category, amount in items:
        sums[category].append(amount)
    return [(one, sum(found[1:], start=found[0])) for one, found in sorted(sums.items())]


def mask(iban: str) -> str:
    """Return what pages show of an IBAN: its country and its last four letters."""
    return f"{iban[:2]}•• •••• {iban[-4:]}"


def suggested(
    description: str,
    *,
    habit: Iterable[tuple[str, int]],
    words: Mapping[str, int],
    payee: Iterable[int] = (),
) -> int | None:
    """Return the category that something is probably in, or None where nothing points to one.

    `habit` are earlier descriptions of the group with the category a person gave them, `words` the
    category for which a word stands, and `payee` the categories of what the payee got here before.
    The first of them that clearly points to one decides. It is a guess: a person confirms it.
    """
    said = words_of(description)
    shared = Counter[int]()
    for earlier, category in habit:
        shared[category] += len(said & words_of(earlier))
    meant = Counter(
        category for word, category in words.items() if any(_stands_for(one, word) for one in said)
    )
    found = (_clearly(votes) for votes in (shared, meant, Counter(payee)))
    return next((category for category in found if category is not None), None)


def words_of(text: str) -> set[str]:
    """Return the words that tell something, in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return set(_WORD.findall(plain)) - _SMALL_WORDS


def _stands_for(said: str, word: str) -> bool:
    """Whether a word was said, alone or at an end of a longer one such as zaalhuur."""
    if len(word) < _SHORTEST_PART:
        return said == word
    return said.startswith(word) or said.endswith(word)


def _clearly(votes: Counter[int]) -> int | None:
    """Return what has more votes than anything else."""
    first, second = [*votes.most_common(2), (None, 0), (None, 0)][:2]
    return first[0] if first[1] > second[1] else None
