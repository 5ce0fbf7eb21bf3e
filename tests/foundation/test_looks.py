"""Pictures that were only saved again look alike; others do not."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from PIL import Image, ImageDraw

from commonweal.foundation.looks import alike, bands_of


def slip(seed: int, size: tuple[int, int] = (600, 900)) -> Image.Image:
    """Draw lines as on a receipt, other ones for another seed."""
    draw_by, picture = Random(seed), Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = draw_by.randrange(size[0]), draw_by.randrange(size[1])
        pen.rectangle((x, y, x + draw_by.randrange(200), y + 25), fill="black")
    return picture


def saved(picture: Image.Image, quality: int) -> Image.Image:
    content = BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return Image.open(content)


def test_a_picture_that_was_saved_smaller_looks_alike():
    before = bands_of(slip(1))

    assert alike(before, bands_of(saved(slip(1).resize((300, 450)), 40)))
    assert len(before) == 4


@pytest.mark.parametrize("seed", range(2, 12))
def test_other_pictures_look_otherwise(seed):
    assert not alike(bands_of(slip(1)), bands_of(slip(seed)))


def test_an_empty_page_looks_like_nothing():
    flat = bands_of(Image.new("RGB", (600, 900), "white"))

    assert flat == []
    assert not alike(flat, flat)
    assert not alike(flat, bands_of(slip(1)))
