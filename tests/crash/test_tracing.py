"""SIGKILL at each step of following the euro: nothing is lost, and nothing counts twice."""


def test_whoever_follows_the_euro_and_is_killed_goes_on_where_they_were(stage):
    play = stage("tracing.py")
    play.play("found")
    play.play("move")

    steps = 0
    for steps in play.kill_at_each_step("follow"):  # noqa: B007 - the last one is looked at
        wrong, amount = play.play("told")
        assert wrong == []
        assert amount in {0, 25_00}

    assert steps > 10
    assert play.play("told") == [[], 25_00]
    play.play("anew")
    assert play.play("told") == [[], 25_00]
