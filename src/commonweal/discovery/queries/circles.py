"""Wider and wider circles around a city."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from commonweal.discovery.rules import box
from commonweal.places.models import Place

_AROUND_KM = 50


class Within(StrEnum):
    """How far away something may be."""

    CITY = "city"
    AROUND = "around"  # within about 50 km
    COUNTRY = "country"
    EVERYWHERE = "everywhere"


def circles(city: Place | None) -> dict[Within, Callable[[Place | None], bool]]:
    """Return the circles around a city, the narrowest first, each with what lies within it."""
    everywhere: dict[Within, Callable[[Place | None], bool]] = {
        Within.EVERYWHERE: lambda _one: True
    }
    if city is None:
        return everywhere
    south, north, west, east = box(city.latitude, city.longitude, _AROUND_KM)
    return {
        Within.CITY: lambda one: one == city,
        Within.AROUND: lambda one: (
            one is not None and south <= one.latitude <= north and west <= one.longitude <= east
        ),
        Within.COUNTRY: lambda one: one is not None and one.country == city.country,
        **everywhere,
    }
