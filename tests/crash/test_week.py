"""SIGKILL at each step of the letter of the week: everybody gets one, and nobody two."""

EVERYBODY = sorted(f"{one}@example.org" for one in ("alice", "bob", "v", "w", "x"))


def test_the_week_is_told_once_whenever_it_is_killed(stage):
    play = stage("week.py")
    play.play("found")
    play.play("follow")
    halves = 0

    for _ in play.kill_at_each_step("tell"):
        before, _, in_the_end, once_more, _ = play.play_in_turn(
            "told", "tell", "told", "tell", "begin_anew"
        )
        assert len(set(before)) == len(before)
        halves += 0 < len(before) < len(EVERYBODY)
        assert in_the_end == EVERYBODY
        assert once_more == 0

    assert halves > 5  # kills did come in the middle
