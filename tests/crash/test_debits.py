"""SIGKILL at each step of letting a collection run go and of settling it: whole, or not at all."""

import pytest

PREPARED = {
    "wrong": [], "run": "prepared", "file": False, "states": ["chosen"] * 2, "received": 0,
}  # fmt: skip
RELEASED = PREPARED | {"run": "released", "file": True, "states": ["asked"] * 2}
SETTLED = RELEASED | {"states": ["come"] * 2, "received": 2000}
# One step of many is tried: those between two are alike.
EACH = {"release": 4, "settle": 7}


@pytest.fixture
def play(stage):
    theatre = stage("debits.py")
    theatre.play("found")
    return theatre


@pytest.mark.parametrize(
    ("scene", "before", "after"), [("release", PREPARED, RELEASED), ("settle", RELEASED, SETTLED)]
)
def test_a_step_killed_anywhere_is_taken_whole_or_not_at_all(play, scene, before, after):
    step, seen, killed = 0, [], True
    while killed:
        step += EACH[scene]
        run = f"{scene}, killed at {step}"
        play.play("prepare", run=run)
        if scene == "settle":
            play.play("release", run=run)
        killed = not play.survives(scene, kill_at=step, run=run)

        found = play.play("look", run=run)
        assert found in [before, after], step
        seen.append(found)
        play.play(scene, run=run)
        assert play.play("look", run=run) == after

    assert seen[0] == before
    assert seen[-1] == after
    assert len(seen) > 5
