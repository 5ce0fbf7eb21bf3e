from hypothesis import given
from hypothesis import strategies as st

from commonweal.discovery import rules
from commonweal.discovery.rules import Price


def test_accents_and_capitals_do_not_matter():
    assert rules.words("Répare-Café, À Żory!") == ["repare", "cafe", "a", "zory"]


def test_a_question_that_is_too_long_is_cut_short():
    assert len(rules.words("a " * 500)) == rules.MOST_WORDS


@given(st.text(min_size=1, max_size=80), st.integers(1, 10**12))
def test_a_page_ends_where_its_cursor_says(key, pk):
    assert rules.read_cursor(rules.cursor(key, pk)) == (key, pk)


def test_a_cursor_that_makes_no_sense_is_no_cursor():
    assert rules.read_cursor("") is None
    assert rules.read_cursor("x.y") is None
    assert rules.read_cursor("12") is None


def test_no_district_has_no_tile():
    assert rules.tiles([]) == []


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=60))
def test_every_district_has_a_tile_of_its_own(points):
    laid = rules.tiles(points)

    assert len({(tile.row, tile.column) for tile in laid}) == len(points)


def test_the_north_is_above_and_the_west_is_left():
    north_west, north_east, south_west, south_east = rules.tiles([(2, 1), (2, 2), (1, 1), (1, 2)])

    assert north_west.row < south_west.row
    assert north_west.column < north_east.column
    assert south_west.column < south_east.column


def test_a_map_that_somebody_drew_is_kept():
    north, south = rules.drawn([(2, 5), (3, 2)])

    assert (north.row, north.column) == (0, 1.5)
    assert (south.row, south.column) == (1, 0)


def test_prices_of_many_replace_what_one_paid_for_what_it_did_and_nothing_else():
    own = {10: 300_00, 20: 90_00, 30: 45_00, 40: 20_00}
    doings = [{10: 100_00, 20: 40_00, 30: 45_00}, {10: 150_00, 20: -5_00}]

    found = rules.proposed(own, doings, {10: (80_00, 6), 20: (30_00, 4), 40: (1_00, 9)})

    assert found == [
        Price(10, 2 * 80_00 + 50_00, median=80_00, times=2, groups=6, besides=50_00),
        Price(20, 30_00 + 50_00, median=30_00, times=1, groups=4, besides=50_00),
        Price(30, 45_00),
        Price(40, 20_00),
    ]
