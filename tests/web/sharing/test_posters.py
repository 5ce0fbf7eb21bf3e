"""The picture of a shared link: nothing runs over an edge, whatever it says."""

from io import BytesIO

import pytest
from PIL import Image

from commonweal.web.sharing import posters
from commonweal.web.sharing.posters import HEIGHT, WIDTH, Card, Figure

HUGE = Figure("Ce qui est entré depuis septembre 2019, frais compris, et bien plus encore",
              ("1\u202f234\u202f567\u202f890\u202f123", ",12", "\u00a0€"))  # fmt: skip
SMALL = Figure("in the pot", ("€5", ".00", ""))


def poster(name, **changed):
    facts = {
        "seed": "gardens", "name": name, "line": "We grow food on roofs. " * 20,
        "figures": (HUGE, SMALL, HUGE), "came": 100, "went": 70, "site": "A city " * 30,
        "address": "commons.example/" + "a-very-long-address-" * 6,
    }  # fmt: skip
    return Card(**facts | changed)


NAMES = {
    "short": "Gardens",
    "Latin": "Association intercommunale pour la promotion des œuvres de ľuďí et des jardins " * 2,
    "Greek": "Σύλλογος για την προώθηση των κοινόχρηστων κήπων και της κομποστοποίησης " * 2,
    "Cyrillic": "Об'єднання сусідів заради спільних городів, майстерень і кухонь Брюсселя " * 2,
    "one word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "drawn in no face of ours": "جمعية الجيران من أجل الحدائق المشتركة",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_line_stays_inside_and_runs_into_no_other(name):
    lines = posters.placed(poster(name))

    boxes = []
    for line in lines:
        left, right, bottom = line.left, line.right, line.base
        top = line.base - line.face.size * 0.75
        assert 0 < left < right <= WIDTH - 60, line.words
        assert 150 < top < bottom < HEIGHT, line.words
        assert not [
            one for one in boxes
            if left < one[2] - 1 and one[0] < right - 1 and top < one[3] and one[1] < bottom
        ], line.words  # fmt: skip
        boxes.append((left, top, right, bottom))


def test_a_name_that_fits_is_written_in_full_and_a_longer_one_says_that_it_goes_on():
    whole = [line.words for line in posters.placed(poster("Repair Café Marolles"))]
    assert whole[0] == "Repair Café Marolles"

    longer = [line.words for line in posters.placed(poster(NAMES["Cyrillic"]))]
    assert longer[0].startswith("Об'єднання сусідів")
    assert longer[1].endswith("…")


@pytest.mark.parametrize("name", ["جمعية الحي", "🌻🌻", "\ufffd\u200b"])
def test_a_name_that_no_face_has_is_replaced_by_the_address(name):
    drawn = posters.placed(poster(name, address="commons.example/al-hayy"))

    assert drawn[0].words == "commons.example/al-hayy"


def test_signs_that_no_face_has_are_left_out_of_a_name_that_can_be_read():
    assert posters.placed(poster("Jardin 🌻 Senne"))[0].words == "Jardin Senne"


def test_the_picture_is_a_png_of_the_size_that_networks_ask_for():
    content = posters.draw(poster("Gardens"))

    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        came, went = picture.crop((64, 502, 1136, 513)), picture.crop((64, 522, 1136, 533))
    assert came.getcolors() == [(1072 * 11, (3, 96, 53))]
    assert went.crop((751, 0, 1072, 11)).getcolors() == [(321 * 11, (231, 235, 224))]
    assert len(went.crop((0, 0, 750, 11)).getcolors(9999)) > 1
    assert len(content) < 150_000


def test_another_budget_is_another_picture():
    one, other = poster("Gardens"), poster("Gardens", went=71)

    assert posters.version(one) == posters.version(poster("Gardens"))
    assert posters.version(one) != posters.version(other)
