"""How a picture looks, in 64 bits that hardly change when it is made smaller or saved again.

The difference hash: each bit says whether the next point to the right is brighter. It is kept in
four bands, because of two pictures that differ in up to three bits one band is the same, and that
an index can find.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

NEAR = 3
_BANDS, _BITS = 4, 16
_WIDE, _HIGH = 8, 8
# What is nearly all flat, such as an empty page, looks like any other such.
_FLATTEST = 6


def bands_of(picture: Image.Image) -> list[int]:
    """Return how a picture looks, as four numbers that name their band; none for a flat one."""
    small = picture.convert("L").resize((_WIDE + 1, _HIGH), Image.Resampling.LANCZOS)
    points = small.tobytes()
    bits = 0
    for row in range(_HIGH):
        for column in range(_WIDE):
            here = row * (_WIDE + 1) + column
            bits = bits << 1 | (points[here] < points[here + 1])
    if not _FLATTEST <= bits.bit_count() <= _BANDS * _BITS - _FLATTEST:
        return []
    return [number << _BITS | bits >> (number * _BITS) & 0xFFFF for number in range(_BANDS)]


def alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two pictures look nearly the same."""
    if len(one) != len(other) or not one:
        return False
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True)) <= NEAR
