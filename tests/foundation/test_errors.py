"""A refusal says its own sentence."""

from commonweal.foundation.errors import NotAllowed, Refused


class TooLate(Refused):
    """It is too late for that."""


def test_the_docstring_is_the_sentence() -> None:
    assert str(TooLate()) == "It is too late for that."
    assert str(NotAllowed()) == "You may not do this."


def test_a_message_replaces_it() -> None:
    assert str(TooLate("The fair ended on Sunday.")) == "The fair ended on Sunday."
