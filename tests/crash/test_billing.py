"""SIGKILL in the midst of billing: each month comes once, and what was begun is carried on."""

import random
from datetime import date, timedelta

KILLS = 12
WEEKS = 22
FIRST = date(2026, 12, 31)


def test_a_winter_of_billing_killed_a_dozen_times_bills_each_month_once(stage):
    play, luck, killed = stage("billing.py"), random.Random(20261231), 0
    play.play("found")
    play.play("promise", on=FIRST.isoformat())

    for week in range(WEEKS):
        first = FIRST + timedelta(days=1 + 7 * week)
        days = {"first": first.isoformat(), "last": (first + timedelta(days=6)).isoformat()}
        while killed < KILLS and not play.survives("live", kill_at=luck.randrange(1, 160), **days):
            killed += 1
        play.play("live", **days)

    lived, books = play.play("lived"), play.play("books")
    months = [f"2027-{month:02d}" for month in range(1, 6)]
    assert killed == KILLS
    assert books["wrong"] == []
    assert lived["came"] == {
        "works": ["2026-12", *months],
        "slow": ["2026-12", *months],
        "once": ["2026-12"],
        "order": ["2026-12", *months],
    }
    assert lived["standing"]["once"] == "quiet"
    assert lived["booked"] * 1000 == lived["received"] == -books["held"]["BANK"]
