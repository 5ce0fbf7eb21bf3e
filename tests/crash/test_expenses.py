"""SIGKILL at each step of an expense: nobody is paid twice, no cent is lost, and it carries on."""

import pytest

POT, COST = 1_000_000, 1500
FILED = {"approvals": 0, "receipts": 1, "payouts": []}
AGREED = FILED | {"approvals": 1}
STANDS = {
    "hand_in": FILED | {"status": "submitted"},
    "agree": AGREED | {"status": "approved"},
    "pay": AGREED | {"status": "in payment", "payouts": ["held", "held"], "EXPENSE": 2},
    "mark_paid": AGREED
    | {"status": "paid", "payouts": ["paid", "paid"], "EXPENSE": 2, "PAYOUT": 2},
}
BEFORE = {"agree": "hand_in", "pay": "agree", "mark_paid": "pay"}
NOT_HANDED_IN = [
    {"status": None},
    {"status": "draft", "approvals": 0, "receipts": 0, "payouts": []},
    {"status": "draft", "approvals": 0, "receipts": 1, "payouts": []},
]


@pytest.fixture
def play(stage):
    theatre = stage("expenses.py")
    theatre.play("found")
    return theatre


def assert_whole(play, *, waiting=0, paid=0):
    """The pot lost exactly what clearing or the bank's account shows, and the books are right."""
    assert play.play("books")["wrong"] == []
    assert play.play("left") == {
        "FUNDS": POT - COST * (waiting + paid), "PAYOUTS": COST * waiting, "BANK": COST * paid,
    }  # fmt: skip


@pytest.mark.parametrize("cut", [False, True])
def test_an_expense_killed_at_any_step_of_handing_in_is_filed_once(play, cut):
    killed = 0
    for killed in play.kill_at_each_step("hand_in", cut=cut):
        run = f"killed at {killed}"
        found, _, in_the_end = play.play_in_turn("look", "hand_in", "state", run=run)
        assert found.pop("wrong") == []
        assert found in [*NOT_HANDED_IN, STANDS["hand_in"]]
        assert in_the_end == STANDS["hand_in"]

    assert killed > 20
    assert_whole(play)


@pytest.mark.parametrize(
    ("scene", "cut"),
    [("agree", False), ("agree", True), ("pay", False), ("mark_paid", False)],
)
def test_a_step_killed_anywhere_is_taken_whole_or_not_at_all(play, scene, cut):
    """Killed is the program or, where `cut`, what it talks to in the database, as at a restart."""
    before, after = STANDS[BEFORE[scene]], STANDS[scene]
    seen, step, finished = [], 0, False
    while not finished:
        step += 1
        run = f"{scene}, killed at {step}"
        play.play(BEFORE[scene], run=run)
        finished = play.survives(scene, kill_at=step, cut=cut, run=run)
        found, _, in_the_end = play.play_in_turn("look", scene, "state", run=run)
        assert found.pop("wrong") == []
        assert found in [before, after]
        assert in_the_end == after
        seen.append(found)

    assert step > 10
    assert before in seen  # a kill came early enough to leave nothing
    # The last kill came when the step was already kept; of the last cut nobody took notice.
    assert seen[-1 if cut else -2] == after
    assert_whole(
        play, waiting=step if scene == "pay" else 0, paid=step if scene == "mark_paid" else 0
    )


@pytest.mark.parametrize("from_where", ["pay", "mark_paid"])
def test_a_payment_killed_while_it_comes_back_comes_back_once(play, from_where):
    step, finished = 0, False
    while not finished:
        step += 1
        run = f"back, killed at {step}"
        play.play(from_where, run=run)
        finished = play.survives("bring_back", kill_at=step, run=run)
        found, _, in_the_end = play.play_in_turn("look", "bring_back", "state", run=run)
        assert found["wrong"] == []
        assert found["status"] in {STANDS[from_where]["status"], "returned"}
        assert len(set(found["payouts"])) == 1  # both categories moved, or neither
        assert in_the_end["payouts"] == ["returned", "returned"]

    assert step > 10
    assert_whole(play)


def test_what_came_back_is_paid_once_more_and_only_once(play):
    for scene in ("mark_paid", "bring_back", "mark_paid"):
        play.play(scene, run="again")

    assert play.play("state", run="again")["payouts"] == ["paid", "paid", "returned", "returned"]
    assert_whole(play, paid=1)


UNTOLD = {"facts": 0, "words": 0, "moved": 0}


@pytest.mark.parametrize(
    ("scene", "prepared", "before", "after"),
    [
        ("ask", "hand_in", "submitted", {"status": "needs changes", "facts": 1}),
        ("hold", "agree", "approved", {"status": "on hold", "facts": 1, "words": 1}),
        ("pass_on", "grant", "approved", {"status": "paid", "facts": 1, "moved": 1}),
    ],
)
def test_a_step_that_needs_no_bank_is_whole_or_not_there(stage, scene, prepared, before, after):
    """Killed is the program at each odd step, and at each even one its server in the database."""
    play = stage("expenses.py")
    play.play("found_compost")
    play.play(prepared, run="one")
    before, after = UNTOLD | {"status": before}, UNTOLD | after
    step, finished = 0, False
    while not finished:
        step += 1
        finished = play.survives(scene, kill_at=step, cut=step % 2 == 0, run="one")
        found = play.play("told", run="one")
        assert found in ([before, after] if not finished else [after])
        if found == after:
            break

    play.play(scene, run="one")
    assert play.play("told", run="one") == after
    assert step > 5
    assert play.play("books")["wrong"] == []
