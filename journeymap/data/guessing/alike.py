"""Names that are nearly the same: columns and touchpoints that were renamed from one month to the next.

What is found here is a proposal. Nobody takes it but a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

NEAR = 80.0
"""From here on two names are proposed as the same, 0..100."""
_OFTEN = 3
_WITHIN = 90.0
"""All words of one name stand in the other."""


def likeness(one: str, other: str, usual: frozenset[str] = frozenset()) -> float:
    """How alike two names are, 0..100; what stands in brackets and signs counts little, different numbers tell apart.

    The share of letters in common, in their order or with the words sorted (`rapidfuzz.fuzz`). Words that are `usual`
    tell nothing: "Lounge: satisfaction" is no other name of "Boarding: satisfaction".
    """
    from rapidfuzz import fuzz

    mine, yours = _core(one), _core(other)
    if not mine or not yours or _numbers(mine) != _numbers(yours):
        return 0.0
    if mine == yours:
        return 100.0
    mine, yours = (" ".join(word for word in text.split() if word not in usual) for text in (mine, yours))
    if not mine or not yours:
        return 0.0
    score = max(fuzz.ratio(mine, yours), fuzz.token_sort_ratio(mine, yours))
    fewer, more = sorted((set(mine.split()), set(yours.split())), key=len)
    whole = fewer <= more and len(fewer) * 3 >= len(more) and len("".join(fewer)) >= 4
    return max(score, _WITHIN) if whole else score


def nearest(name: str, among: Iterable[str], least: float = NEAR) -> str:
    """The one of `among` that is most like `name`; "" where none comes near."""
    scored = [(likeness(name, other), other) for other in among]
    best, found = max(scored, key=lambda each: each[0], default=(0.0, ""))
    return found if best >= least else ""


def pairs(gone: Sequence[str], new: Sequence[str], beside: Iterable[str] = ()) -> dict[str, str]:
    """Which of the `new` names each that is `gone` may be called now: the most alike first, none twice.

    `beside`: the names among which they stand; a word in three and more of all is `usual`.
    """
    often = Counter(word for name in {*gone, *new, *beside} for word in set(_core(name).split()))
    usual = frozenset(word for word, n in often.items() if n >= _OFTEN)
    scored = sorted(
        (
            (likeness(one, other, usual), -i, -j, one, other)
            for i, one in enumerate(gone)
            for j, other in enumerate(new)
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    for score, _i, _j, one, other in scored:
        if score >= NEAR and one not in found and other not in found.values():
            found[one] = other
    return {one: found[one] for one in gone if one in found}


def _core(name: str) -> str:
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)
    words = re.sub(r"[\W_]+", " ", bare if re.search(r"\w", bare) else name)
    return " ".join(words.casefold().split())


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)
