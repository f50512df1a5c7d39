"""Pictures that come from outside: decoded within limits, made no larger than they are needed, written anew.

What is kept is only what is seen: a photograph's place, camera and date (EXIF, GPS), comments and colour profiles do
not get into the map. A small file can unfold to gigabytes, so the size that it announces is looked at before it is
decoded; formats that can refer to other files (SVG, PDF) are not taken.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from journeymap.failure import Failure
from journeymap.i18n import _

SIDE: Final = 1600
"""The longest side of what is kept, in pixels: sharp on a poster, where a storyboard picture is 6 cm wide."""
MOST_PIXELS: Final = 50_000_000
MOST_BYTES: Final = 64_000_000
FORMATS: Final = frozenset({"png", "jpeg", "jpg", "gif", "webp", "bmp"})
SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")
_QUALITY: Final = 88
_SHARPER: Final = 1.4
"""A drawing stays PNG as long as that is not so many times larger than JPEG, which blurs its lines."""


class Taken(NamedTuple):
    """A picture as it is kept."""

    content: bytes
    media_type: str
    width: int
    height: int


def taken(data: bytes, name: str = "", side: int = SIDE) -> Taken:
    """The bytes of a picture file as they are kept. `name` is what the file is called in sentences. Raises Failure where
    they are no picture, or one that is too large.
    """
    return of_image(decoded(data, name, side), side)


def of_image(image: QImage, side: int = SIDE) -> Taken:
    """A picture from the clipboard or from another program as it is kept. Raises Failure where it is empty or too large."""
    if image.isNull():
        raise Failure(_("There is no picture in what was brought here."))
    _refuse_large(image.size(), "")
    clean = _clean(image, side)
    if clean.hasAlphaChannel():
        return Taken(_encoded(clean, "png"), "image/png", clean.width(), clean.height())
    sharp, small = _encoded(clean, "png"), _encoded(clean, "jpeg")
    if len(sharp) <= _SHARPER * len(small):
        return Taken(sharp, "image/png", clean.width(), clean.height())
    return Taken(small, "image/jpeg", clean.width(), clean.height())


def decoded(data: bytes, name: str = "", side: int = SIDE) -> QImage:
    """The picture in a file's bytes, upright; JPEG is decoded at a fraction of its size where that is enough.

    Raises Failure where it is none of FORMATS, broken or too large.
    """
    if len(data) > MOST_BYTES:
        raise Failure(
            _("{name} has {size} MB; a picture may have {most} MB.").format(
                name=_called(name), size=len(data) // 1_000_000, most=MOST_BYTES // 1_000_000
            )
        )
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data()).decode("ascii", "replace")
    size = reader.size()
    if kind not in FORMATS or not size.isValid() or size.isEmpty():
        raise Failure(_unreadable(name))
    _refuse_large(size, name)
    if kind in {"jpeg", "jpg"} and max(size.width(), size.height()) > 2 * side:
        reader.setScaledSize(size.scaled(2 * side, 2 * side, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Failure(_unreadable(name))
    return image


def is_picture(data: bytes) -> bool:
    """Whether a file's first bytes are those of one of FORMATS."""
    heads = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM")
    return data.startswith(heads) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _refuse_large(size: QSize, name: str) -> None:
    pixels = size.width() * size.height()
    if pixels > MOST_PIXELS:
        raise Failure(
            _(
                "{name} has {n} million pixels, more than the {most} million that are read; make it smaller first."
            ).format(name=_called(name), n=round(pixels / 1e6), most=MOST_PIXELS // 1_000_000)
        )


def _unreadable(name: str) -> str:
    return _("{name} is no picture that can be read here: PNG, JPEG, WebP, GIF or BMP.").format(name=_called(name))


def _called(name: str) -> str:
    return _("“{name}”").format(name=name) if name else _("The picture")


def _clean(image: QImage, side: int) -> QImage:
    """Only the pixels, in sRGB, no longer than `side`, on a new sheet that carries nothing along."""
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    if max(image.width(), image.height()) > side:
        image = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    seen_through = image.hasAlphaChannel() and _is_seen_through(image)
    kind = QImage.Format.Format_ARGB32 if seen_through else QImage.Format.Format_RGB32
    fresh = QImage(image.size(), kind)
    fresh.fill(Qt.GlobalColor.transparent if seen_through else Qt.GlobalColor.white)
    painter = QPainter(fresh)
    painter.drawImage(QRect(0, 0, image.width(), image.height()), image)
    painter.end()
    return fresh


def _is_seen_through(image: QImage) -> bool:
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    wide, step, bits = alpha.width(), alpha.bytesPerLine(), bytes(alpha.constBits())
    return any(bits[row * step : row * step + wide].strip(b"\xff") for row in range(alpha.height()))


def _encoded(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind.upper(), _QUALITY if kind == "jpeg" else -1)  # type: ignore[call-overload]
    return bytes(buffer.data().data())
