"""SIGKILL at each step of a pay run: whole or not at all, nobody twice, each cent explained."""

import pytest

POT, COST = 1_000_000, 2200
AGREED = {
    "run": None, "file": False, "expenses": ["approved"] * 2, "payments": [], "payouts": [],
}  # fmt: skip
STANDS = {
    "agree": AGREED,
    "prepare": AGREED
    | {"run": "prepared", "expenses": ["scheduled"] * 2, "payments": ["chosen"] * 2},
    "release": {
        "run": "released", "file": True, "expenses": ["in payment"] * 2,
        "payments": ["held"] * 2, "payouts": ["held"] * 3,
    },
}  # fmt: skip
STANDS["take_file"] = STANDS["release"] | {"run": "sent", "payouts": ["sent"] * 3}
STANDS["settle"] = STANDS["take_file"] | {
    "expenses": ["paid"] * 2, "payments": ["paid"] * 2, "payouts": ["paid"] * 3,
}  # fmt: skip
STANDS["bring_back"] = STANDS["settle"] | {
    "expenses": ["returned", "paid"], "payments": ["returned", "paid"],
    "payouts": ["returned", "returned", "paid"],
}  # fmt: skip
STANDS["give_up"] = STANDS["release"] | {
    "run": "cancelled", "expenses": ["approved"] * 2, "payments": ["freed"] * 2,
    "payouts": ["returned"] * 3,
}  # fmt: skip
BEFORE = {
    "prepare": "agree", "release": "prepare", "take_file": "release", "settle": "take_file",
    "bring_back": "settle", "give_up": "release",
}  # fmt: skip
# What one run that ended so leaves in clearing and has in the bank's past, in cents.
MONEY = {
    "prepare": (0, 0), "release": (COST, 0), "take_file": (COST, 0), "settle": (0, COST),
    "bring_back": (0, 700), "give_up": (0, 0),
}  # fmt: skip


@pytest.fixture
def play(stage):
    theatre = stage("pay_runs.py")
    theatre.play("found")
    return theatre


def bring_to(play, scene, run):
    """Play a run from its beginning to where a scene ends."""
    if scene in BEFORE and scene not in {"prepare", "release", "take_file"}:
        bring_to(play, BEFORE[scene], run)
    play.play(scene, run=run)


@pytest.mark.parametrize(
    ("scene", "cut"),
    [*((scene, False) for scene in BEFORE), ("release", True), ("settle", True),
     ("bring_back", True)],
)  # fmt: skip
def test_a_step_killed_anywhere_is_taken_whole_or_not_at_all(play, scene, cut):
    """Killed is the program or, where `cut`, what it talks to in the database, as at a restart."""
    before, after = STANDS[BEFORE[scene]], STANDS[scene]
    seen, runs, step, finished = [before], 0, 0, False
    while not finished:
        step += 1
        if seen[-1] == after or not runs:  # a kill that left nothing leaves the run as it was
            runs += 1
            run = f"{scene}, {runs}"
            bring_to(play, BEFORE[scene], run)
        finished = play.survives(scene, kill_at=step, cut=cut, run=run)
        found = play.play("look", run=run)
        assert found.pop("wrong") == []
        assert found in [before, after]
        seen.append(found)
        if found == after:
            play.play(scene, run=run)
            assert play.play("state", run=run) == after

    assert step > 8
    assert before in seen[1:]  # a kill came early enough to leave nothing
    # The last kill came when the step was already kept; of the last cut nobody took notice.
    assert seen[-1 if cut else -2] == after
    waiting, paid = MONEY[scene]
    assert play.play("books")["wrong"] == []
    assert play.play("left") == {
        "FUNDS": POT - runs * (waiting + paid), "PAYOUTS": runs * waiting, "BANK": runs * paid,
    }  # fmt: skip
