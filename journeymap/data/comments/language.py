"""Which language a comment is in: English, German, or another; by its small words, which no sentence does without.

Comments are short, so that one alone often says nothing; then the language of its question counts, which is that of
most of its comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

SPOKEN: Final = ("en", "de")
"""The languages whose comments are understood."""
OTHER: Final = "other"

_SMALL: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and to of was i it is for in my with that they you have very not on were me at be this so all as had but are we from been what when staff good nothing more would could service there time no great helpful friendly thank excellent",
        "de": "der die das und ist ich nicht ein eine zu den mit es sehr war auf für von dem sich auch im so bei wie aber wir mir man nur noch mich wurde sind haben hat gut nichts mehr wäre alles keine freundlich als werden immer schnell",
        "fr": "le la les et est je ne pas un une de des du en que qui pour dans sur avec il très plus nous vous mais au ce c'est j'ai bien être trop personnel",
        "es": "el la los las y es que de un una en no por con para muy pero se me lo su al más todo como mi está fue bien nada hay",
        "it": "il la le e è che di un una in non per con molto ma si mi lo al più tutto come mio sono della nel anche bene niente ho gli",
        "nl": "de het een en is ik niet van in op dat voor met zijn er maar ook te was heel aan goed wel bij om naar geen dit als zeer",
        "tr": "bir ve bu çok için da de ile ama ne gibi daha var yok ben mi en olarak iyi güzel kadar hiç sonra değil her",
        "pl": "i w nie na się jest to że z do jak bardzo ale o po tak co za od mi było dla już przez tylko są",
        "pt": "o a os as e é que de um uma em não por com para muito mas se me do da ao mais foi bem tudo na no",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language(comment: str) -> str:
    """What one comment is spoken in: "en", "de", OTHER, or "" where it does not tell."""
    found = _scores(comment)
    if not found:
        return ""
    (first, most), *rest = found.most_common(2)
    if rest and rest[0][1] == most:
        return ""
    return first if first in SPOKEN else OTHER


def languages(comments: Sequence[str]) -> list[str]:
    """The language of each comment of one question: its own, or that of most of them where it does not tell."""
    own = [language(comment) for comment in comments]
    usual = Counter(one for one in own if one)
    common = usual.most_common(1)[0][0] if usual else SPOKEN[0]
    return [one or common for one in own]


def _scores(comment: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in _WORD.findall(comment.casefold())[:80]:
        for tongue, small in _SMALL.items():
            if word in small:
                found[tongue] += 1
    if any(letter in comment for letter in "äöüßÄÖÜ"):
        found["de"] += 1
        found["tr"] += any(letter in comment for letter in "ığşçİ")
    return found
