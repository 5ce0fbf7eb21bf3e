"""The colour of a group on paper: the ground of the first tile of its picture, made for print."""

from __future__ import annotations

from hashlib import sha256

# As the tiles of web/avatars.py: the ground of each pair, and the poster inks by day.
_GROUNDS = (1, 2, 3, 1, 4, 5, 4, 6, 6, 2, 7, 1, 7, 0, 0, 5, 6, 4, 0, 6)
_INKS = (
    "#e7eae0", "#f5ca1e", "#2f4fc4", "#de4a2a", "#1e8a57", "#a3d4ee", "#f7bfc4", "#1b2238",
)  # fmt: skip


def of(name: str) -> str:
    """Return the colour of a group, the same as that of its picture."""
    first = sha256(f"0:{name}".encode()).digest()[0]
    return _INKS[_GROUNDS[first % len(_GROUNDS)]]
