"""The letters that every bank of the euro area takes, and how ours become those."""

from __future__ import annotations

import re
import unicodedata

# EPC217-08, "SEPA requirements for an extended character set": whatever else there is may be
# lost on its way. A full stop stands for what has no likeness.
ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")
_UNKNOWN = "."

# Letters that do not fall apart into a plain one and its accent.
_LATIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ł": "l", "Ł": "L",
    "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ĸ": "k",
}  # fmt: skip
_SIGNS = {
    "&": "+", "_": "-", "–": "-", "—": "-", "−": "-", "‐": "-", "·": ".", "•": ".", "…": "...",
    "’": "'", "‘": "'", "‚": ",", "“": "'", "”": "'", "„": "'", '"': "'", "`": "'", "´": "'",
    "«": "'", "»": "'", "‹": "'", "›": "'", "[": "(", "]": ")", "{": "(", "}": ")",
    "<": "(", ">": ")", "\\": "/", "|": "/", ";": ",", "!": ".", "*": ".", "#": ".", "=": ".",
    "@": "(at)", "€": "EUR", "£": "GBP", "$": "USD", "%": " pct", "№": "No", "°": ".",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "є": "ye", "ґ": "g", "ђ": "dj",
    "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
}  # fmt: skip
_ALPHABETS = _GREEK | _CYRILLIC
_TABLE = _LATIN | _SIGNS | _ALPHABETS | {one.upper(): to.title() for one, to in _ALPHABETS.items()}


def plain(text: str) -> str:
    """Return a text in the letters that every bank takes, never empty.

    It begins with no slash and holds no two in a row, which some banks read as a code.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    letters = "".join(_letter(one) for one in apart if not unicodedata.combining(one))
    spaced = " ".join(letters.split())
    return re.sub(r"/{2,}", "/", spaced).lstrip("/ ") or _UNKNOWN


def cut(text: str, longest: int) -> str:
    """Return a text in such letters that is not too long, cut without a space at its end."""
    return plain(text)[:longest].rstrip()


def _letter(one: str) -> str:
    if one in ALLOWED or one.isspace():
        return one
    return _TABLE.get(one, _UNKNOWN)
