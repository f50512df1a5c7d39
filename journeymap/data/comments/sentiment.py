"""Whether a comment judges well or badly: words with weights, turned round by negations, and what people answer to a question.

The words stand in resources/sentiment, written for this program: free German lists forbid commercial use, and what was
not written for customers' comments knows little of "more staff" or "nothing". An answer to "What could we do better?"
is a wish, so that "nothing" is praise there and "more chairs" is none; `asked` sees from the column's name, or from the
answers, which kind of question it was.

How good it is, is measured (`judgement`): where the comments stand beside a score in the same file, against that score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

from journeymap import resources

Asked = Literal["better", "good", "open"]
POSITIVE, NEUTRAL, NEGATIVE = 1.0, 0.0, -1.0

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|5\*|👍|❤|😊|😀|🙂|👎|😡|😞|[.!?;,]")
_PIECES: Final = {"👍": 2.0, "❤": 2.0, "😊": 2.0, "😀": 2.0, "🙂": 1.0, "👎": -2.0, "😡": -3.0, "😞": -2.0}
_NOT: Final = {
    "en": frozenset("not no never none cannot cant can't don't dont didn't didnt doesn't doesnt wasn't wasnt isn't isnt aren't weren't won't wouldn't couldn't shouldn't haven't hasn't hadn't without hardly barely nobody neither nor zero less".split()),  # noqa: SIM905
    "de": frozenset("nicht nich kein keine keinen keiner keinem keines nie niemals ohne kaum weder wenig weniger nirgends".split()),  # noqa: SIM905
}  # fmt: skip
_BUT: Final = {
    "en": frozenset({"but", "however", "although", "though", "except", "unfortunately"}),
    "de": frozenset({"aber", "jedoch", "leider", "allerdings", "obwohl", "trotzdem", "dennoch", "nur"}),
}
_WISH: Final = {
    "en": re.compile(
        r"\b(?:(?:should|could|would|might|must|need|needs|needed) (?:be|have|like|to|more|better)|would|should|more|better|quicker|faster|sooner|earlier|"
        r"longer|shorter|bigger|larger|cheaper|quieter|cleaner|closer|easier|improve\w*|increase\w*|reduce\w*|wish|instead|rather|need|needs|please|less|fewer|provide|perhaps|maybe|suggest\w*|"
        r"allow|offer|ensure|stop|try|make sure|have a|get|keep (?:me|us|patients?|people) )\b",
    ),
    "de": re.compile(
        r"\b(?:soll(?:te|ten|t)?|könn(?:te|ten|tet)|wäre(?:n)?|würde(?:n)?|müsste(?:n)?|hätte(?:n)?|mehr|besser\w*|schneller\w*|kürzer\w*|länger\w*|günstiger\w*|wünsch\w*|"
        r"bitte|verbesser\w*|statt|lieber|weniger|vielleicht|öfter\w*|früher\w*|größer\w*)\b"
    ),
}
_CONTENT: Final = {
    "en": re.compile(
        r"^\W*(?:no+|none|nil|n/?a|nope|nothing\w*|not (?:a thing|really|anything|at all|much)|no (?:complaints?|comments?|improvements?|problems?|issues?|suggestions?|idea)|"
        r"(?:i )?(?:can'?t|cannot|can not|don'?t|couldn'?t) (?:think|fault|say|improve|know)|(?:all|everything)(?: (?:was|is|were|has been))? (?:very |really |just |absolutely )?(?:good|great|ok|okay|fine|excellent|perfect|well|alright)|keep (?:up|doing)|carry on|unsure|don'?t know|"
        r"(?:you )?(?:cannot|can'?t|couldn'?t) (?:improve|be (?:better|improved|bettered))|same again|as (?:it|you) (?:is|are))\b"
    ),
    "de": re.compile(
        r"^\W*(?:nein|nichts?|keine?r?|k\.? ?a\.?|nix|nö|alles (?:war |ist |lief )?(?:sehr |super |so )?(?:gut|bestens|super|ok|okay|perfekt|prima|toll|in ordnung)|"
        r"passt(?: alles| so)?|weiter so|keine? (?:ahnung|beschwerden?|verbesserung\w*|vorschl\w+|probleme|idee\w*|anmerkung\w*)|wüsste nicht|mir fällt nichts)\b"
    ),
}
_IDIOM: Final = {
    "en": re.compile(
        r"(?P<good>couldn'?t (?:have been|be|ask|wish|fault)|could not (?:have been|be|ask|wish|fault)|can'?t (?:fault|complain|praise|thank)|cannot (?:fault|complain|praise|thank)|no (?:complaints?|problems?|issues?|faults?|worries|fuss|hassle|waiting|wait|delays?)|"
        r"nothing (?:was )?(?:too much|but)|not (?:a )?bad|second to none|well done|no need to|keep (?:it )?up|never (?:felt )?(?:rushed|disappoint\w*)|not have to wait|didn'?t have to wait|at ease|above and beyond|10/10|10 out of 10|five stars?|on time)|"
        r"(?P<bad>waste of|let down|fed up|too (?:long|late|much|many|few|early|small|short|loud|noisy|hot|cold|slow|expensive|hard|busy)|not enough|lack of|no one|nobody|could do better|never again|kept waiting|had to (?:wait|chase|ask|ring|call)|hours?|at all|why (?:do|did|can|is|are)|still (?:waiting|not|no)|nothing (?:good|happened|done)|none of)"
    ),
    "de": re.compile(
        r"(?P<good>nichts (?:auszusetzen|zu meckern|zu beanstanden|zu bemängeln)|nix (?:zu meckern|auszusetzen)|keine? (?:beanstandung\w*|beschwerde\w*|probleme?|mängel|klagen|wartezeit\w*)|nicht (?:schlecht|bitter|zu bitter|übel)|weiter so|immer wieder|gerne wieder|volle punktzahl|(?:fünf|5) sterne|mehr als zufrieden|kann ich (?:nur|jedem) empfehlen|stimmt (?:einfach|alles))|"
        r"(?P<bad>nie (?:wieder|mehr)|nicht (?:mehr kaufen|zu empfehlen|trinken|genug|erhalten|funktioniert|erreichbar)|zu (?:lang\w*|teuer|spät|wenig\w*|viel\w*|laut|kalt|bitter|sauer|dünn|langsam|hoch|klein)|keine (?:lieferung|antwort|rückmeldung|reaktion|hilfe|ahnung)|kein geld|immer noch (?:nicht|kein\w*)|lässt zu wünschen|stundenlang|1 stern|ein stern)"
    ),
}  # fmt: skip
_ASKED_BETTER = re.compile(
    r"improve|better|could (?:we|be)|dislik|annoy|bother|frustrat|change|verbess|besser|stör|gefehlt|missfall|ändern|negativ",
    re.IGNORECASE,
)
_ASKED_GOOD = re.compile(
    r"what (?:was|did we do|do we do|went|did you|do you) (?:good|well|like|enjoy)|like(?:d)? (?:best|most|about)|good about|gefall|gelobt|lob\b|gut gemacht|positiv",
    re.IGNORECASE,
)
_NEAR = 3
"""A negation turns round what stands so many words behind it."""


@cache
def _words(language: str) -> tuple[dict[str, float], dict[str, float]]:
    """Whole words and beginnings of words, by weight."""
    whole: dict[str, float] = {}
    begun: dict[str, float] = {}
    for line in (resources.folder("sentiment") / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        weight, *words = line.split()
        for word in words:
            if word.endswith("*") and len(word) > 2:
                begun[word[:-1]] = float(weight)
            else:
                whole[word] = float(weight)
    return whole, begun


@cache
def weight(word: str, language: str) -> float:
    """What a word says: −3 … +3, 0 where it judges nothing."""
    whole, begun = _words(language)
    if word in whole:
        return whole[word]
    return next((begun[word[:end]] for end in range(len(word), 2, -1) if word[:end] in begun), 0.0)


def asked(name: str, comments: Sequence[str], language: str) -> Asked:
    """What kind of question the comments answer: what could be better, what was good, or something open.

    By the words of its name; else by its answers: where many say "nothing" and many wish for something, what could be
    better was asked.
    """
    if _ASKED_BETTER.search(name):
        return "better"
    if _ASKED_GOOD.search(name):
        return "good"
    some = [comment.casefold() for comment in comments[:2000] if comment.strip()]
    if len(some) < 30:
        return "open"
    content = sum(_CONTENT[language].match(text) is not None for text in some) / len(some)
    wishes = sum(_WISH[language].search(text) is not None for text in some) / len(some)
    return "better" if content >= 0.06 and wishes >= 0.15 else "open"


def sentiment(comment: str, language: str, question: Asked = "open") -> float:
    """POSITIVE, NEUTRAL or NEGATIVE: what a comment in English ("en") or German ("de") says of the thing it is about."""
    text = comment.casefold().replace("’", "'")
    if question == "better" and _CONTENT[language].match(text):
        rest = strength(text, language)
        return NEGATIVE if rest < -1.5 else POSITIVE
    total = strength(text, language)
    if question == "better":
        wishes = len(_WISH[language].findall(text))
        total -= 1.5 * wishes
        return POSITIVE if total > 0.5 else NEGATIVE
    if question == "good":
        return NEGATIVE if total < -1 or (_CONTENT[language].match(text) and total <= 0) else POSITIVE
    total -= 0.5 * len(_WISH[language].findall(text))
    return POSITIVE if total > 0.5 else NEGATIVE if total < -0.5 else NEUTRAL


def strength(text: str, language: str) -> float:
    """The sum of the weights in a text in lower case, negations and turns of phrase considered."""
    total = 0.0
    for match in _IDIOM[language].finditer(text):
        total += 2.0 if match["good"] else -1.5
    text = _IDIOM[language].sub(" . ", text)
    tokens = _TOKEN.findall(text)
    turned, emphasis = 0, 1.0
    for piece in tokens:
        if piece in ".!?;,":
            turned = 0
            continue
        if piece in _BUT[language]:
            total, turned, emphasis = total * 0.5, 0, 1.5
            continue
        if piece in _NOT[language]:
            turned = _NEAR
            continue
        found = _PIECES.get(piece) or weight(piece, language)
        if found and turned:
            found, turned = -0.8 * found, 0
        total += found * emphasis
        turned = max(0, turned - 1)
    return total
