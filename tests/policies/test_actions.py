"""Every action, tried by everybody: done by those who may, refused to all others."""

from __future__ import annotations

import pytest

from commonweal.foundation.errors import Refused
from policies import offered
from policies.state import check_books, state
from policies.table import CALLED_BY_OTHER_ACTIONS, TABLE
from policies.town import EVERYBODY, Town


@pytest.mark.parametrize("what", TABLE)
def test_each_action_is_refused_to_those_who_may_not(what: str, moment: tuple[Town, str]) -> None:
    row, (here, before) = TABLE[what], moment
    given = row.given(here)

    for who in [one for one in EVERYBODY if one not in row.may]:
        with pytest.raises(Refused) as refusal:
            row.action(**given, by=here.cast[who])
        assert isinstance(refusal.value, row.refusal), who

    assert state() == before


TAKEN = [(what, who) for what, row in TABLE.items() for who in EVERYBODY if who in row.may]


@pytest.mark.parametrize(("what", "who"), TAKEN)
def test_each_action_is_taken_by_those_who_may(
    what: str, who: str, moment: tuple[Town, str]
) -> None:
    row, (here, before) = TABLE[what], moment

    row.action(**row.given(here), by=here.cast[who])

    check_books()
    assert state() != before


def test_every_action_stands_in_the_table_or_is_called_by_another() -> None:
    named = {offered.name_of(row.action) for row in TABLE.values()}

    assert named | set(CALLED_BY_OTHER_ACTIONS) == offered.actions()
    assert not named & set(CALLED_BY_OTHER_ACTIONS)


def test_everybody_is_somebody_in_the_town(moment: tuple[Town, str]) -> None:
    here, _ = moment

    assert set(here.cast) == set(EVERYBODY)
    assert len({person and person.pk for person in here.cast.values()}) == len(EVERYBODY)
