import zlib
from io import BytesIO

import pytest
from PIL import Image

from commonweal.foundation import pictures


def drawn(size=(900, 600), kind="JPEG", **facts):
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **facts)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_square(kind):
    made = Image.open(BytesIO(pictures.square(BytesIO(drawn(kind=kind)))))

    assert (made.format, made.size) == ("WEBP", (512, 512))


def test_a_whole_picture_keeps_its_shape_and_is_never_made_larger():
    wide = pictures.whole(BytesIO(drawn((3200, 800))))
    small = pictures.whole(BytesIO(drawn((30, 20), "PNG")))

    assert (wide.width, wide.height) == (1600, 400)
    assert (small.width, small.height) == (30, 20)
    assert Image.open(BytesIO(wide.content)).format == "WEBP"


def test_where_it_was_taken_is_removed():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x8825] = {1: "N", 2: (50.8, 0, 0)}
    original = drawn(exif=exif.tobytes(), comment=b"taken at home")
    assert b"taken at home" in original

    made = pictures.square(BytesIO(original))

    assert b"taken at home" not in made
    assert not Image.open(BytesIO(made)).getexif()


def test_a_second_file_behind_the_picture_is_removed():
    made = pictures.square(BytesIO(drawn(kind="PNG") + b"<script>alert(1)</script>"))

    assert b"script" not in made


def huge(side):
    """A PNG of so many pixels each way, in a few bytes."""

    def chunk(name, data):
        body = name + data
        return len(data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    head = side.to_bytes(4) * 2 + bytes([1, 0, 0, 0, 0])
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        drawn()[:400],
        huge(30_000),
        huge(8_000),
        drawn(kind="TIFF"),
        b"\0" * (pictures.LARGEST_BYTES + 1),
    ],
    ids=["nothing", "svg", "pdf", "half", "bomb", "large", "tiff", "heavy"],
)
def test_hostile_and_broken_files_are_refused(content):
    with pytest.raises(pictures.NotAPicture):
        pictures.square(BytesIO(content))
