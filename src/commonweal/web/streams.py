"""From whom, to what: streams of money through one pot, as outlines for a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commonweal.foundation.money import Money
from commonweal.web.charts import Share

_MOST = 7

type _Stream = tuple[str, Money, bool]


@dataclass(frozen=True)
class Band:
    """A stream of money between an end and the middle: its outline, its end and its label.

    The label ends at `text_x`, or begins there.
    """

    name: str
    amount: Money
    kept: bool
    outline: str
    x: float
    y: float
    height: float
    text_x: float
    text_y: float
    ends_at_x: bool


@dataclass(frozen=True)
class Flow:
    """From whom on the left, to what on the right, all of it through one pot in the middle."""

    width: int
    height: int
    comes: tuple[Band, ...]
    goes: tuple[Band, ...]
    pot: tuple[float, float, float]
    narrow: bool


@dataclass(frozen=True)
class _Shape:
    """Where things stand in one drawing: `reach` is how far labels need, on either side."""

    width: int
    height: int
    reach: int
    gap: int
    label: int
    narrow: bool


_WIDE = _Shape(width=920, height=440, reach=212, gap=18, label=10, narrow=False)
_NARROW = _Shape(width=360, height=560, reach=0, gap=32, label=6, narrow=True)
_COMPACT = _Shape(width=700, height=340, reach=214, gap=20, label=10, narrow=False)
_END, _POT = 8, 12
_COMPACT_STREAM = 64


def draw(
    comes: Sequence[Share],
    goes: Sequence[Share],
    *,
    rest: str,
    later: str,
    before: str,
    compact: bool = False,
) -> tuple[Flow, Flow] | None:
    """Draw where money came from and went, wide and narrow; None where a side is missing.

    Both sides are equally high: what was kept for `later` is a stream too, and so is what was
    there `before`. Small parts go together as the `rest`. A `compact` one is for a part of a page,
    and as high as its streams need.
    """
    if not comes or not goes:
        return None
    left, right = _streams(comes, rest), _streams(goes, rest)
    kept = _sum(left) - _sum(right)
    if kept:
        name, side = (later, right) if kept > 0 else (before, left)
        side.append((name, Money(abs(kept), comes[0].amount.currency), True))
    wide, narrow = (_COMPACT, _NARROW) if compact else (_WIDE, _NARROW)
    if compact:
        most = _COMPACT_STREAM * (max(len(left), len(right)) + 1)
        wide, narrow = (replace(one, height=min(one.height, most)) for one in (wide, narrow))
    return _flow(left, right, wide), _flow(left, right, narrow)


def _streams(shares: Sequence[Share], rest: str) -> list[_Stream]:
    """Return the largest parts, and all others as one."""
    most = _MOST if len(shares) > _MOST + 1 else _MOST + 1
    streams = [(one.name, one.amount, False) for one in shares[:most]]
    small = sum(one.amount.minor for one in shares[most:])
    if small:
        streams.append((rest, Money(small, shares[0].amount.currency), False))
    return streams


def _sum(streams: Sequence[_Stream]) -> int:
    return sum(amount.minor for _name, amount, _kept in streams)


def _flow(left: Sequence[_Stream], right: Sequence[_Stream], shape: _Shape) -> Flow:
    whole = _sum(left)
    gaps = shape.gap * (max(len(left), len(right)) - 1)
    scale = (shape.height - 4 - gaps) / whole
    pot_top = (shape.height - whole * scale) / 2
    middle = shape.width / 2
    return Flow(
        width=shape.width,
        height=shape.height,
        comes=_bands(left, shape, scale=scale, pot=(middle - _POT / 2, pot_top), is_left=True),
        goes=_bands(right, shape, scale=scale, pot=(middle + _POT / 2, pot_top), is_left=False),
        pot=(middle - _POT / 2, round(pot_top, 1), round(whole * scale, 1)),
        narrow=shape.narrow,
    )


def _bands(
    streams: Sequence[_Stream],
    shape: _Shape,
    *,
    scale: float,
    pot: tuple[float, float],
    is_left: bool,
) -> tuple[Band, ...]:
    tall = _sum(streams) * scale
    y = (shape.height - tall - shape.gap * (len(streams) - 1)) / 2
    at_pot, pot_y = pot
    end = shape.reach if is_left else shape.width - shape.reach - _END
    edge = end + _END if is_left else end
    ends_at_x = is_left != shape.narrow
    bands = []
    for name, amount, kept in streams:
        height = amount.minor * scale
        bands.append(
            Band(
                name=name,
                amount=amount,
                kept=kept,
                outline=_outline(edge, y, at_pot, pot_y, height),
                x=end,
                y=round(y, 1),
                height=round(height, 1),
                text_x=end - shape.label if ends_at_x else end + _END + shape.label,
                text_y=round(y + height / 2 + (0 if shape.narrow else 5), 1),
                ends_at_x=ends_at_x,
            )
        )
        y += height + shape.gap
        pot_y += height
    return tuple(bands)


def _outline(x0: float, y0: float, x1: float, y1: float, height: float) -> str:
    """Return the path of a stream that stays equally high from end to pot."""
    bend = (x0 + x1) / 2
    return (
        f"M{x0:.1f} {y0:.1f}C{bend:.1f} {y0:.1f} {bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        f"V{y1 + height:.1f}C{bend:.1f} {y1 + height:.1f} {bend:.1f} {y0 + height:.1f} "
        f"{x0:.1f} {y0 + height:.1f}Z"
    )
