"""Which encoding text has that is not valid UTF-8: UTF-8 with a few damaged bytes, Windows-1252, or the old Mac's.

A single-byte encoding never says what it is; the one is taken in which the bytes above ASCII are letters of European
words and the usual typographic signs more often than they are anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

_CHUNK = 1 << 20
_MOST = 64 * _CHUNK
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ASCII = bytes(range(128))
_LETTERS = frozenset("äöüßéèêëàâáãåæçñóòôõøúùûíìîïœ")
_CAPITALS = frozenset("ÄÖÜÉÈÀÇÑØÅÆÁÓÚÍÂÊ")
_SIGNS = frozenset("–—‘’“”„…€£°§«»®©™·•\u00a0´")


def other(path: Path, marked: str = "") -> tuple[str, int]:
    """The encoding of a file that is not valid UTF-8, and how many of its bytes are damaged.

    `marked` is "utf-8-sig" where a byte order mark says that it is meant to be UTF-8.
    """
    counts: Counter[int] = Counter()
    sequences = inside = 0
    with path.open("rb") as file:
        read = 0
        while read < _MOST and (chunk := file.read(_CHUNK)):
            read += len(chunk)
            high = chunk.translate(None, _ASCII)
            if not high:
                continue
            counts.update(high)
            for found in _SEQUENCE.finditer(chunk):
                sequences += 1
                inside += len(found.group())
    damaged = max(counts.total() - inside, 1)
    if marked or (sequences >= 5 and damaged * 10 <= sequences):
        return marked or "utf-8", damaged
    if _worth(counts, "mac-roman") > _worth(counts, "cp1252"):
        return "mac-roman", 0
    holes = sum(counts[byte] for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    return "cp1252", holes


def _worth(counts: Counter[int], encoding: str) -> float:
    """How well the bytes read as letters and signs in an encoding; small letters are likelier than capital ones."""
    total = 0.0
    for byte, count in counts.items():
        try:
            sign = bytes([byte]).decode(encoding)
        except UnicodeDecodeError:
            total -= 2 * count
            continue
        if sign in _LETTERS:
            total += count
        elif sign in _SIGNS:
            total += 0.5 * count
        elif sign in _CAPITALS:
            total += 0.25 * count
        else:
            total -= count
    return total
