"""SIGKILL at each step of a gift: nothing lost, nothing doubled, and it carries on."""

import pytest

SETTLED = {"status": "settled", "charge": "settled", "ARRIVAL": 1, "CONTRIBUTION": 1}
REFUNDED = {
    "status": "refunded", "charge": "refunded",
    "ARRIVAL": 1, "CONTRIBUTION": 1, "REFUND": 1, "PAYOUT": 1,
}  # fmt: skip


@pytest.fixture
def play(stage):
    theatre = stage("gifts.py")
    theatre.play("found")
    return theatre


def assert_books_are_right(play, *, given):
    books = play.play("books")
    assert books["wrong"] == []
    assert -books["held"]["BANK"] == 2000 * given
    assert books["held"].get("CHARGES", 0) == 0
    assert play.play("on_the_wall") == 2000 * given


@pytest.mark.parametrize("scene", ["give_by_card", "give_by_transfer"])
def test_a_gift_killed_at_any_step_is_settled_once(play, scene):
    by_itself, given = 0, 0

    for step in play.kill_at_each_step(scene):
        run = f"killed at {step}"
        found = play.play("recover", run=run, scene=scene)
        assert found["wrong"] == []
        assert found["by_itself"]["charge"] not in {"created", "captured"}
        assert found["in_the_end"] == SETTLED
        by_itself += found["by_itself"] == SETTLED
        given += 1

    assert given > 40
    assert by_itself > 0  # what had been paid needed nobody to be settled
    assert_books_are_right(play, given=given + 1)  # the last one was not killed
    assert play.play("waiting_at_the_desk") == 0


def test_a_refund_killed_at_any_step_is_given_back_once(play):
    step, killed = 0, True
    while killed:
        step += 1
        run = f"given back, killed at {step}"
        play.play("give_by_card", run=run)
        killed = not play.survives("give_back", kill_at=step, run=run)

        found = play.play("recover", run=run, scene="give_back")
        assert found["wrong"] == []
        assert found["by_itself"] in (SETTLED, REFUNDED)
        assert found["in_the_end"] == REFUNDED

    assert step > 20
    assert_books_are_right(play, given=0)
