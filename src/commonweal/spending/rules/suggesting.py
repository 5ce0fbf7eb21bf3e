"""What something that was bought is probably in: a guess from words and habits."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL_WORDS = {
    "and", "for", "from", "our", "the", "two", "with", "aux", "avec", "dans", "des", "les", "leur",
    "nos", "notre", "par", "pour", "sur", "une", "bij", "dat", "een", "het", "met", "onze", "van",
    "voor",
}  # fmt: skip
_SHORTEST_PART = 4


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
