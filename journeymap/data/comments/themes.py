"""What comments are about: words that come together more often than chance has it are one theme.

The words of all comments are weighted by how many comments hold them; those of judgement ("good", "terrible") and
small words are left out, forms of one word are put together. Words are then joined bottom up (average linkage, Sokal
and Michener 1958) by how the comments that hold them correlate (phi). A comment belongs to every theme that it has a word of,
so that a theme's share is a plain count that a reader can check, and the same words can be counted next month.

Clustering two hundred words rather than a hundred thousand comments needs nothing but numpy: scikit-learn with SciPy
would have doubled the size of the installation for it, and its factors of short comments were themes of praise words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from journeymap.data.comments.sentiment import weight
from journeymap.data.comments.stops import STOPS

MOST_WORDS: Final = 160
MOST_THEMES: Final = 12
LEAST: Final = 5
"""Comments that a word has to be in, and at least three in a thousand."""
_ALIKE: Final = 0.08
_WORD = re.compile(r"[^\W\d_]{3,}")


class Theme(Struct, frozen=True):
    """A theme: its words, the most frequent first (as people write them), and which comments speak of it."""

    words: tuple[str, ...]
    comments: tuple[int, ...]

    @property
    def name(self) -> str:
        """Its first three words."""
        return ", ".join(self.words[:3])


def themes(
    comments: Sequence[str],
    languages: Sequence[str],
    step: Callable[[float], None] = lambda _: None,
    left_out: Callable[[str, Sequence[int]], bool] = lambda _word, _comments: False,
) -> list[Theme]:
    """The themes of comments, the most frequent first. `step` is told how far it is (0..1), and may raise to stop;
    `left_out` says of a word, and the numbers of the comments that hold it, that it is no theme (a person's name).
    """
    held: dict[str, list[int]] = defaultdict(list)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for number, (comment, language) in enumerate(zip(comments, languages, strict=True)):
        if number % 2000 == 0:
            step(0.8 * number / len(comments))
        for stem, word in words(comment, language).items():
            held[stem].append(number)
            spelled[stem][word] += 1
    least = max(LEAST, len(comments) * 3 // 1000)
    most = len(comments) * 0.5
    frequent = sorted(
        (stem for stem in held if least <= len(held[stem]) <= most), key=lambda stem: (-len(held[stem]), stem)
    )
    chosen = [
        stem for stem in frequent[: 2 * MOST_WORDS] if not left_out(spelled[stem].most_common(1)[0][0], held[stem])
    ][:MOST_WORDS]
    step(0.85)
    groups = _joined([held[stem] for stem in chosen], len(comments))
    found = []
    for group in groups:
        members = sorted((chosen[place] for place in group), key=lambda stem: (-len(held[stem]), stem))
        about = sorted(set().union(*(held[stem] for stem in members)))
        found.append(Theme(tuple(spelled[stem].most_common(1)[0][0] for stem in members), tuple(about)))
    step(1.0)
    return sorted(found, key=lambda theme: (-len(theme.comments), theme.words))[:MOST_THEMES]


def words(comment: str, language: str) -> dict[str, str]:
    """The words of a comment that say what it is about: stem → the word as it stands, in lower case."""
    found: dict[str, str] = {}
    for word in _WORD.findall(comment.casefold()):
        if word not in STOPS and not _judges(word, language):
            found.setdefault(stem(word, language), word)
    return found


def stem(word: str, language: str) -> str:
    """A word without its endings of number and case, roughly: "Bohnen" and "Bohne" are one, "nurses" and "nurse"."""
    if language == "de":
        for ending in ("en", "er", "es", "em", "e", "n", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return word[: -len(ending)]
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else word


def _judges(word: str, language: str) -> bool:
    said = weight(word, language if language in {"en", "de"} else "en")
    return said > 0 or said <= -2


def _joined(lists: Sequence[list[int]], comments: int) -> list[list[int]]:
    """Groups of word numbers: the two groups most alike are joined until none are alike enough."""
    import numpy as np

    count = len(lists)
    if not count:
        return []
    holds = np.zeros((count, comments), dtype=np.float32)
    for place, members in enumerate(lists):
        holds[place, members] = 1
    together = holds @ holds.T
    sizes = np.diag(together)
    spread = np.sqrt(sizes * (comments - sizes))
    alike = (comments * together - np.outer(sizes, sizes)) / np.outer(spread, spread)
    np.fill_diagonal(alike, -1)
    groups = {place: [place] for place in range(count)}
    while len(groups) > 1:
        one, other = divmod(int(alike.argmax()), count)
        if alike[one, other] < _ALIKE:
            break
        a, b = len(groups[one]), len(groups[other])
        merged = (alike[one] * a + alike[other] * b) / (a + b)
        alike[one], alike[:, one] = merged, merged
        alike[one, one] = -1
        alike[other], alike[:, other] = -1, -1
        groups[one] += groups.pop(other)
    return list(groups.values())
