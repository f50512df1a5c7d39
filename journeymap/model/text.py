"""Measuring and breaking text by the widths in the font files, so that screen, paper and picture break alike.

The widths come from a table that is cut together with the fonts (`resources/fonts/widths.json`); nothing parses a
font while the program starts. A plain sum of advances is never less than 0.2 % below the shaped width and at most
6 % above, so a line that fits here fits everywhere.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple, TypeAlias, cast

from journeymap import resources

DISPLAY_FROM: Final = 20.0
"""From this size up the display cut of the font is used."""

ELLIPSIS: Final = "…"
WIDE: Final = ("JMHan-400", "JMEmoji-400")
"""The fonts of last resort, in one weight each."""

BOX: Final = "\N{WHITE SQUARE}"
"""Stands for a character that no font has; never dropped."""

_SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
_INVISIBLE: Final = re.compile(
    "[\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
    "|(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\U0001f3fb-\U0001f3ff]"
)
"""Joiners, selectors, and the skin tones of emoji, which a drawing in one ink has not; a tone of nothing is a character."""
_SPACES: Final = re.compile(r"[ \t\v\f\r\u2028\u2029\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BREAK_AFTER: Final = re.compile(r"(?<=[^\W\d_][-‐–—/])(?=[^\W\d_])")
_NOT_FIRST: Final = frozenset("、。，．・：；？！」』）］｝〉》〕】ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_VOWELS: Final = frozenset("aeiouyäöüáàâéèêëíìîïóòôúùûœæøåąęіїєаеёиоуыэюяαεηιουωάέήίόύώ")
_ONSETS: Final = frozenset(
    {
        "bl",
        "br",
        "ch",
        "cl",
        "cr",
        "dr",
        "fl",
        "fr",
        "gl",
        "gn",
        "gr",
        "kl",
        "kn",
        "kr",
        "pf",
        "ph",
        "pl",
        "pr",
        "qu",
        "sch",
        "schl",
        "schr",
        "schw",
        "sh",
        "sk",
        "sl",
        "sp",
        "spr",
        "st",
        "str",
        "th",
        "tr",
        "zw",
        "пр",
        "ст",
        "тр",
    }
)


class Lines(NamedTuple):
    """A broken text; `cut` where it ends in "…" because it did not fit."""

    lines: tuple[str, ...]
    cut: bool


class Run(NamedTuple):
    """A stretch of one line in one font: the font's name ("JMText-600"), its text, its width."""

    font: str
    text: str
    width: float


def family(size: float, *, figures: bool = False) -> str:
    """The cut for a size: Text under 20 units, Display from there up, Figures (tabular digits) where asked for."""
    if figures:
        return "Figures"
    return "Display" if size >= DISPLAY_FROM else "Text"


def tracking(size: float) -> float:
    """Extra space after every letter, in em: large type is set tighter."""
    if size < 16:
        return 0.0
    if size < 30:
        return -0.011
    return -0.018 if size < 44 else -0.024


def clean(text: str) -> str:
    """`text` as it is set: composed letters, no control characters, no invisible joiners; line ends stay."""
    if text.isascii() and "\t" not in text and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACES.sub(" ", _INVISIBLE.sub("", text))


def width(text: str, size: float, weight: int = 400, *, figures: bool = False) -> float:
    """Width of one line in the units of `size`, tracking included."""
    name = family(size, figures=figures)
    return (_em(text, name, weight) + tracking(size) * len(text)) * size


def wrap(text: str, room: float, size: float, weight: int = 400, max_lines: int = 99) -> Lines:
    """`text` broken into lines of at most `room` units; after `max_lines` it is cut with "…".

    A word that is too long is broken at a hyphen, slash or soft hyphen, else before a syllable, else anywhere.
    No short word is left alone on the last line where the line above can spare one.
    """
    return _wrap(text, room / size, family(size), weight, tracking(size), max_lines)


def count(text: str, room: float, size: float, weight: int = 400, max_lines: int = 99) -> int:
    """How many lines `wrap` makes of it; a fraction of the work where every word fits on a line."""
    found = _counting(room, size, weight)(text)
    return min(found, max_lines) or len(wrap(text, room, size, weight, max_lines).lines)


def fit(text: str, room: float, size: float, weight: int = 400, *, figures: bool = False) -> Lines:
    """One line of at most `room` units, cut with "…" where need be."""
    if figures:
        line = " ".join(clean(text).split("\n"))
        name, track = family(size, figures=True), tracking(size)
        if _em(line, name, weight) + track * len(line) <= room / size + 1e-9:
            return Lines((line,), cut=False)
        return Lines((_shortened(line, room / size, name, weight, track),), cut=True)
    return wrap(text.replace("\n", " "), room, size, weight, 1)


def missing(text: str) -> set[str]:
    """The visible characters of `text` that none of the fonts has."""
    known = _advances("JMText-400")
    strange = {char for char in clean(text) if char not in known and char not in "\n\u00ad"}
    return {char for char in strange if _glyph(char, "Text", 400)[1] != char}


def runs(text: str, size: float, weight: int = 400, *, figures: bool = False) -> tuple[Run, ...]:
    """`text` in stretches of one font each; what no font has becomes a box.

    Painters set these one after the other, so that every painter falls back to the same font at the same letter.
    """
    name, track = family(size, figures=figures), tracking(size)
    found: list[tuple[str, str, float]] = []
    for char in clean(text).replace(_SOFT_HYPHEN, ""):
        font, drawn, advance = _glyph(char, name, weight)
        if found and found[-1][0] == font:
            found[-1] = (font, found[-1][1] + drawn, found[-1][2] + advance)
        else:
            found.append((font, drawn, advance))
    return tuple(Run(font, piece, (advance + track * len(piece)) * size) for font, piece, advance in found)


def ascent(size: float) -> float:
    """Height of the capitals' line box above the baseline that a line of `size` is set with."""
    return size * 0.84


# ---------------------------------------------------------------- widths of glyphs and words


@cache
def _tables() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((resources.folder("fonts") / "widths.json").read_text("utf-8"))
    return found


@cache
def _advances(font: str) -> dict[str, float]:
    if font in WIDE:
        return _wide(font)
    table = _tables()[font]
    return {chr(int(code)): advance / table["upm"] for code, advance in table["widths"].items()}


def _wide(font: str) -> dict[str, float]:
    """The ideographs' and emoji's own table, read when the first of them is met."""
    table = json.loads((resources.folder("fonts") / "wide.json").read_text(encoding="utf-8"))[font]
    return {
        chr(code): advance / table["upm"] for first, last, advance in table["runs"] for code in range(first, last + 1)
    }


@lru_cache(maxsize=16384)
def _glyph(char: str, name: str, weight: int) -> tuple[str, str, float]:
    """(font, what is drawn, advance in em) of one character: asked-for font, text, Noto, ideographs, emoji, then the box."""
    noto = f"JMNoto-{400 if weight < 500 else 600}"
    for drawn in (char, BOX, "?"):
        for font in (f"JM{name}-{weight}", f"JMText-{weight}", noto, *WIDE):
            advance = _advances(font).get(drawn)
            if advance is not None:
                return font, drawn, advance
    raise ValueError("the fonts lack even a question mark")


_Known: TypeAlias = dict[str, "float | tuple[tuple[str, float], ...]"]
_KNOWN: dict[tuple[str, int, float], _Known] = {}
_WHOLE: dict[tuple[str, int, float], dict[str, float]] = {}
_MOST_WORDS: Final = 100_000


def _em(text: str, name: str, weight: int) -> float:
    """Width of `text` in em without tracking."""
    table = _advances(f"JM{name}-{weight}")
    try:
        return sum(map(table.__getitem__, text))
    except KeyError:
        return sum([0.0 if char == _SOFT_HYPHEN else _glyph(char, name, weight)[2] for char in text])


def _known(name: str, weight: int, track: float) -> _Known:
    """Widths of words (or of the pieces of words that may be broken) met before, in em with tracking."""
    known = _KNOWN.setdefault((name, weight, track), {})
    if len(known) > _MOST_WORDS:
        known.clear()
    return known


def _space(known: _Known, name: str, weight: int, track: float) -> float:
    """Width of the room between two words; kept with them, for it is no word itself."""
    found = known.get(" ")
    if found is None:
        found = known[" "] = _em(" ", name, weight) + track
    return cast("float", found)


def _set(text: str, name: str, weight: int, track: float) -> float:
    """Width as it will be set: a soft hyphen is never drawn, so it has no tracking either."""
    return _em(text, name, weight) + track * (len(text) - text.count(_SOFT_HYPHEN))


def _learn(known: _Known, word: str, name: str, weight: int, track: float) -> float | tuple[tuple[str, float], ...]:
    pieces = [word] if word.isalnum() and word.isascii() else _pieces(word)
    found = tuple((piece, _set(piece, name, weight, track)) for piece in pieces)
    known[word] = made = found[0][1] if len(found) == 1 else found
    return made


# ---------------------------------------------------------------- line breaking by words and syllables


@lru_cache(maxsize=65536)
def _wrap(text: str, room: float, name: str, weight: int, track: float, max_lines: int) -> Lines:
    lines: list[_Line] = []
    for paragraph in clean(text).split("\n"):
        lines += _paragraph(paragraph, room, name, weight, track)
        if len(lines) > max_lines:
            break
    while len(lines) > 1 and not lines[-1][0]:
        lines.pop()
    kept = [line.replace(_SOFT_HYPHEN, "") for line, _ in lines[:max_lines]]
    if len(lines) <= max_lines:
        return Lines(tuple(kept), cut=False)
    following, joint = lines[max_lines]
    rest = _joined(lines[max_lines - 1][0], joint, following).replace(_SOFT_HYPHEN, "")
    return Lines((*kept[:-1], _shortened(rest, room, name, weight, track)), cut=True)


_Line: TypeAlias = tuple[str, str]
"""A line and its joint to the line before: " ", "" (broken after a hyphen or sign) or "-" (a hyphen was put in)."""


def _joined(above: str, joint: str, below: str) -> str:
    """Two lines as they were before they were broken."""
    return (above[:-1] if joint == "-" else above + joint) + below


def _paragraph(text: str, room: float, name: str, weight: int, track: float) -> list[_Line]:
    """Greedy lines of one paragraph, with the last one mended."""
    known = _known(name, weight, track)
    space = _space(known, name, weight, track)
    lines: list[_Line] = []
    line, used, joint = "", 0.0, " "
    room += 1e-9
    for word in text.split(" "):
        found = known.get(word)
        if found is None:
            found = _learn(known, word, name, weight, track)
        if type(found) is float:
            if used + space + found <= room and line:
                line += " " + word
                used += space + found
                continue
            pieces: tuple[tuple[str, float], ...] = ((word, found),)
        else:
            pieces = cast("tuple[tuple[str, float], ...]", found)
        gap, before = (space, " ") if line else (0.0, "")
        for piece, wide in pieces:
            if used + gap + wide <= room:
                line += before + piece
                used += gap + wide
            else:
                if line:
                    lines.append((line, joint))
                    joint = before
                line, used, joint = _hang(lines, piece, wide, joint, room, name, weight, track)
            gap, before = 0.0, ""
    lines.append((line, joint))
    return _mended(lines, room, name, weight, track)


@lru_cache(maxsize=512)
def _counting(room: float, size: float, weight: int) -> Callable[[str], int]:
    """What counts the lines of a text that is set so: a map has thousands of them in a few ways."""
    most, name, track = room / size + 1e-9, family(size), tracking(size)
    known, widths = _known(name, weight, track), _whole(name, weight, track)
    space = _space(known, name, weight, track)

    def count(text: str) -> int:
        """The lines of one paragraph of words that need not be broken; 0 where it is anything else."""
        if not (text.isascii() and text.isprintable()):
            text = clean(text)
            if "\n" in text:
                return 0
        lines, used, begun = 1, 0.0, False
        for word in text.split(" "):
            wide = widths.get(word)
            if wide is None:
                wide = _learn_whole(widths, word, name, weight, track)
            if begun and used + space + wide <= most:
                used += space + wide
            elif wide > most:
                return 0
            else:
                lines += begun
                used, begun = wide, word != ""
        return lines if begun or lines == 1 else lines - 1

    return count


def _whole(name: str, weight: int, track: float) -> dict[str, float]:
    """Widths of words met before that are one piece, in em with tracking; endless for those that may be broken."""
    return _WHOLE.setdefault((name, weight, track), {})


def _learn_whole(widths: dict[str, float], word: str, name: str, weight: int, track: float) -> float:
    if len(widths) > _MOST_WORDS:
        widths.clear()
    if word.isalnum() and word.isascii():
        wide = _em(word, name, weight) + track * len(word)
    else:
        found = _learn(_known(name, weight, track), word, name, weight, track)
        wide = found if isinstance(found, float) else math.inf
    widths[word] = wide
    return wide


def _hang(
    lines: list[_Line], word: str, wide: float, joint: str, room: float, name: str, weight: int, track: float
) -> tuple[str, float, str]:
    """Begins a line with `word`; what is too long goes into `lines` part by part. Returns the line begun, its width
    and its joint.
    """
    while wide > room and len(word) > 1:
        head, rest = _broken(word, room, name, weight, track)
        if not rest:
            break
        lines.append((head, joint))
        joint = "-" if head.endswith("-") and not word.startswith(head) else ""
        word, wide = rest, _set(rest, name, weight, track)
    return word, wide, joint


def _pieces(word: str) -> list[str]:
    found: list[str] = []
    for part in _BREAK_AFTER.split(word):
        if any(char >= "\u2e80" for char in part):
            found += _ideographs(part)
        else:
            found.append(part)
    return found


def _ideographs(part: str) -> list[str]:
    """Chinese, Japanese, Korean: a line may end after any sign, but not begin with a closing one."""
    found: list[str] = []
    for char in part:
        joins = found and (
            char in _NOT_FIRST or unicodedata.combining(char) or (char < "\u2e80" and found[-1][-1] < "\u2e80")
        )
        if joins:
            found[-1] += char
        else:
            found.append(char)
    return found


def _broken(word: str, room: float, name: str, weight: int, track: float) -> tuple[str, str]:
    """A word too long for a line: (what fits, with its hyphen, and the rest)."""
    hyphen = _em("-", name, weight) + track
    used, fits, fits_hyphen = 0.0, 1, 1
    for i, char in enumerate(word):
        used += _set(char, name, weight, track)
        if used > room + 1e-9:
            break
        fits = i + 1
        if used + hyphen <= room + 1e-9:
            fits_hyphen = i + 1
    soft = word.rfind(_SOFT_HYPHEN, 1, fits_hyphen + 1)
    if soft > 0:
        return word[:soft] + "-", word[soft + 1 :]
    at = _syllable(word, fits_hyphen)
    if at:
        return word[:at] + "-", word[at:]
    at = max(1, fits - 1 if fits == len(word) - 1 and fits > 2 else fits)  # no letter alone on its line
    while at > 1 and at < len(word) and unicodedata.combining(word[at]):
        at -= 1
    return word[:at], word[at:]


def _syllable(word: str, most: int) -> int:
    """The last place up to `most` where a syllable may begin (the longest onset before a vowel), or 0.

    A guess that serves compounds of Germanic and Slavic words; three letters stay before, two behind.
    """
    low, best = word.lower(), 0
    for vowel in range(4, len(low)):
        if low[vowel] not in _VOWELS or low[vowel - 1] in _VOWELS or not low[vowel - 1].isalpha():
            continue
        at = vowel - 1
        for onset in range(2, 5):
            if vowel - onset > 0 and low[vowel - onset : vowel] in _ONSETS:
                at = vowel - onset
        if at > most or at > len(word) - 2:
            break
        if at >= 3 and word[:at].isalpha():
            best = at
    return best


def _mended(lines: list[_Line], room: float, name: str, weight: int, track: float) -> list[_Line]:
    """Gives a short lone last word company from the line above, where that leaves two words there."""
    if len(lines) < 2 or lines[-1][1] == "-":
        return lines
    (above, joint), (last, seam) = lines[-2:]
    if not last or len(last) > 4 or above.count(" ") < (2 if seam == " " else 1):
        return lines
    head, _, word = above.rpartition(" ")
    last = word + seam + last
    if _set(last, name, weight, track) <= room + 1e-9:
        return [*lines[:-2], (head, joint), (last, " ")]
    return lines


def _shortened(text: str, room: float, name: str, weight: int, track: float) -> str:
    """`text` with "…" at its end, as long as fits."""
    used = _em(ELLIPSIS, name, weight) + track
    kept = 0
    for char in text:
        used += _em(char, name, weight) + track
        if used > room + 1e-9:
            break
        kept += 1
    while 0 < kept < len(text) and unicodedata.combining(text[kept]):
        kept -= 1
    return text[:kept].rstrip(" ,;:–-") + ELLIPSIS
