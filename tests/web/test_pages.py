import pytest

from commonweal.web import pages


def row(rf, page, last):
    found = pages.numbered(rf.get("/x?q=a"), page=page, last=last)
    return [(link.number if link.address else "…") for link in found.links], found


@pytest.mark.parametrize(
    ("page", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 19, [1, 2, "…", 19]),
        (10, 19, [1, "…", 9, 10, 11, "…", 19]),
        (19, 19, [1, "…", 18, 19]),
    ],
)
def test_the_row_shows_the_ends_and_what_is_near(rf, page, last, numbers):
    assert row(rf, page, last)[0] == numbers


def test_links_keep_the_rest_of_the_address(rf):
    _numbers, found = row(rf, 2, 3)

    assert found.newer == "/x?q=a&page=1"
    assert found.older == "/x?q=a&page=3"


@pytest.mark.parametrize("text", ["", "0", "-1", "x", "1.5", "٣", "9" * 40])
def test_a_page_number_that_makes_no_sense_is_none(rf, text):
    assert pages.asked_for(rf.get("/", {"page": text})) is None
