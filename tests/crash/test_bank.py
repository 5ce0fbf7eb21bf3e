"""SIGKILL at each step of reading a statement: nothing lost, nothing doubled, and it carries on."""

import pytest

READ = {
    "files": 1, "lines": ["asked", "placed", "placed", "placed"], "matches": 3, "received": 4000,
    "wrong": [],
}  # fmt: skip


@pytest.fixture
def play(stage):
    theatre = stage("bank.py")
    theatre.play("found")
    return theatre


def test_a_statement_killed_at_any_step_is_read_once(play):
    step, killed = 0, True
    while killed:
        step += 5  # each fifth step: a transaction has many, and they are alike
        run = f"killed at {step}"
        play.play("promise", run=run)
        killed = not play.survives("read_statement", kill_at=step, run=run)

        found = play.play("recover", run=run)
        assert found == {"wrong": [], "in_the_end": READ}, step

    assert step > 60
