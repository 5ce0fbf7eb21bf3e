"""What an update may say."""

import pytest

from commonweal.knowledge import rules


def test_a_title_is_one_line_and_a_text_has_no_space_around_it():
    assert rules.proper(" First \n harvest ", "\nTomatoes.\n") == ("First harvest", "Tomatoes.")


@pytest.mark.parametrize(
    ("title", "body", "refusal"),
    [
        (" \n", "Tomatoes.", rules.TitleMissing),
        ("Harvest", "  ", rules.NothingTold),
        ("x" * (rules.LONGEST_TITLE + 1), "Tomatoes.", rules.TooLong),
        ("Harvest", "x" * (rules.LONGEST_BODY + 1), rules.TooLong),
    ],
)
def test_what_is_empty_or_too_long_is_refused(title, body, refusal):
    with pytest.raises(refusal):
        rules.proper(title, body)


def test_the_longest_is_not_too_long():
    title, body = "x" * rules.LONGEST_TITLE, "x" * rules.LONGEST_BODY

    assert rules.proper(title, body) == (title, body)


def test_a_picture_says_what_it_shows_in_one_line():
    assert rules.proper_alt("  Beans\nand peas ") == "Beans and peas"
    with pytest.raises(rules.AltMissing):
        rules.proper_alt(" \n")
