"""Pictures from outside: decoded within limits, written anew, without anything that tells of place or camera."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import PngImagePlugin
from PySide6.QtGui import QColor, QImage

from journeymap.failure import Failure
from journeymap.ui import pictures
from journeymap.ui.canvas.gallery import Gallery


def photograph(wide=3000, high=2000) -> bytes:
    """A JPEG that tells where and with what it was taken, lying on its side."""
    image = Pillow.effect_noise((wide // 20, high // 20), 60).resize((wide, high)).convert("RGB")
    exif = Pillow.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=b"taken at home")
    return target.getvalue()


def bomb(wide=40_000, high=40_000) -> bytes:
    """A PNG of a few bytes that announces 1.6 thousand million pixels."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def test_a_photograph_loses_place_camera_and_comment_and_stands_upright(qapp):
    data = photograph()
    assert b"Secret camera" in data
    kept = pictures.taken(data, "IMG_1.jpg")
    assert (kept.width, kept.height) in {(1066, 1600), (1067, 1600)}
    assert kept.media_type == "image/jpeg"
    assert len(kept.content) < len(data)
    for word in (b"Secret", b"Exif", b"taken at home", b"ICC"):
        assert word not in kept.content
    assert not Pillow.open(io.BytesIO(kept.content)).getexif()


def test_words_in_a_png_are_not_kept_and_what_is_seen_through_stays_so(qapp):
    image, words = Pillow.new("RGBA", (40, 30), (255, 0, 0, 90)), PngImagePlugin.PngInfo()
    words.add_text("Author", "Somebody Private")
    target = io.BytesIO()
    image.save(target, "PNG", pnginfo=words)
    assert b"Somebody" in target.getvalue()
    kept = pictures.taken(target.getvalue())
    assert kept.media_type == "image/png"
    assert b"Somebody" not in kept.content
    assert QColor(QImage.fromData(kept.content).pixelColor(3, 3)).alpha() == 90


def test_a_drawing_stays_sharp(qapp):
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#0F5C63"))
    assert pictures.of_image(image).media_type == "image/png"


def test_a_picture_bomb_is_refused_in_a_sentence_before_it_is_decoded(qapp):
    with pytest.raises(Failure, match=r"“holiday.png” has 1600 million pixels, more than the 50 million"):
        pictures.taken(bomb(), "holiday.png")


def test_a_bomb_in_a_file_from_elsewhere_is_an_empty_frame(qapp):
    assert Gallery(lambda _hash: bomb())("x", 200) is None
    assert Gallery(lambda _hash: b"no picture")("x", 200) is None
    assert Gallery(lambda _hash: None)("x", 200) is None


def test_a_picture_is_decoded_once_and_no_larger_than_it_is_seen(qapp):
    data, asked = pictures.taken(photograph()).content, []
    gallery = Gallery(lambda hash_: asked.append(hash_) or data)
    assert gallery("a", 190) is gallery("a", 250)
    assert gallery("a", 200).width() == 256
    assert asked == ["a"]
    assert gallery("a", 3000).height() == 1600


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", photograph()[:3000]]
)
def test_what_is_no_whole_picture_is_refused(qapp, data):
    try:
        kept = pictures.taken(data, "odd.bin")
    except Failure as failure:
        assert "odd.bin" in str(failure)  # noqa: PT017
    else:  # a JPEG that breaks off may be decoded as far as it goes
        assert data.startswith(b"\xff\xd8")
        assert kept.width > 0


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"RIFF0000WEBP"]),
)
def test_no_bytes_do_harm(qapp, data, head):
    try:
        kept = pictures.taken(head + data)
    except Failure:
        return
    assert max(kept.width, kept.height) <= pictures.SIDE
