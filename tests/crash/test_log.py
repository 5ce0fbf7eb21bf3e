"""SIGKILL at each step of the sequencer: no leaf lost, none twice, no gap, no fork."""

import pytest


@pytest.fixture
def play(stage):
    theatre = stage("log.py")
    theatre.play("found")
    theatre.play("give")
    theatre.play("take_in", run="the first")
    return theatre


def test_the_sequencer_killed_at_any_step_goes_on_where_it_was(play, tmp_path):
    memory, steps, total, killed = str(tmp_path / "memory"), 0, 0, True
    while killed:
        steps += 1
        if steps % 12 == 1:
            total = play.play("give")  # the steps of a round depend on what is new
        killed = not play.survives("take_in", kill_at=steps, run="")

        left = play.play("verify", memory=memory)
        assert left["wrong"] == ""
        assert left["audit"] == []
        assert left["published"] <= left["signed"] <= left["leaves"] <= total

    play.play("take_in", run="the last")
    whole = play.play("verify", memory=memory)
    assert whole == {
        "wrong": "", "audit": [], "published": total, "signed": total, "leaves": total,
    }  # fmt: skip
    assert steps > 15
