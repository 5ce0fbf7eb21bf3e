"""Whoever is erased is forgotten at the bank too."""

import pytest

from commonweal.banking import actions, queries
from commonweal.foundation.errors import NotAllowed


def test_who_is_erased_is_forgotten_in_the_lines_of_their_gifts(
    bank, line, promised, reference, newest, alice, dan
):
    bank(line("20.00", reference=reference(promised())))
    assert queries.said_of(newest()).name == "A Peeters"
    with pytest.raises(NotAllowed):
        actions.forget_payer(person=alice, by=dan)

    actions.forget_payer(person=alice, by=alice)

    assert (queries.said_of(newest()), newest().payer) == (queries.Said(), "")
