"""Pages as PNG pictures, rendered by PDFium from the PDF itself: what is seen is what is printed."""

from __future__ import annotations

from io import BytesIO
from math import sqrt
from typing import Final

MOST_PIXELS: Final = 40_000_000
"""A larger page is rendered at fewer dots per inch: A0 at 160, still sharp at arm's length."""


def png(pdf: bytes, dpi: float = 200.0) -> list[bytes]:
    """Every page of `pdf` as PNG bytes at `dpi` dots per inch, or at as many as MOST_PIXELS allows."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(page, dpi) for page in document]
    finally:
        document.close()


def _page(page: object, dpi: float) -> bytes:
    from pypdfium2 import PdfPage

    assert isinstance(page, PdfPage)
    inches = page.get_width() / 72 * page.get_height() / 72
    dpi = min(dpi, sqrt(MOST_PIXELS / inches))
    bitmap = page.render(scale=dpi / 72)
    target = BytesIO()
    bitmap.to_pil().convert("RGB").save(target, "PNG", dpi=(dpi, dpi), compress_level=4)
    bitmap.close()
    page.close()
    return target.getvalue()
