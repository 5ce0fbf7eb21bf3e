"""Ids sort by time, or follow from what they stand for."""

from datetime import UTC, datetime

from commonweal.foundation import clock, ids


def test_ids_made_later_sort_later() -> None:
    with clock.moved_to(datetime(2024, 1, 1, tzinfo=UTC)):
        first = ids.uuid7()
    second = ids.uuid7()

    assert first < second
    assert first.version == 7
    assert first.variant == "specified in RFC 4122"


def test_the_same_words_give_the_same_key() -> None:
    assert ids.key("charge", 12) == ids.key("charge", "12")
    assert ids.key("charge", 12) != ids.key("charge1", 2)


def test_readable_names_have_no_lookalikes() -> None:
    name = ids.readable(200)
    assert len(name) == 200
    assert not set(name) & set("01ilou")
