"""How figures are written: value with unit, interval, number of answers, mood. Used by the map, panels and reports.

Minus is U+2212, thousands are parted by U+202F, the decimal sign is that of the language, a unit stands after a no-break
space. A fall of the mood or a net score carries its sign. The interval is "±5" where it is symmetric after rounding, else "35–47".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from journeymap.i18n import _, point

if TYPE_CHECKING:
    from journeymap.model.figures import Figure

NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
SPACE: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
SIGNED: Final = frozenset({"nps"})


def number(value: float, digits: int = 0, *, sign: bool = False) -> str:
    """`value` rounded to `digits` decimals; `sign` puts a plus before what is above zero."""
    text = f"{abs(value):,.{digits}f}".replace(",", NARROW).replace(".", point())
    if not any(char in "123456789" for char in text):
        return text
    return (MINUS if value < 0 else "+" if sign else "") + text


def plain(value: float, digits: int = 6) -> str:
    """A number with as many decimals as it has, at most so many digits."""
    return f"{value:.{digits}g}".replace(".", point())


def count(n: float) -> str:
    """A number of answers or cases."""
    return number(n, 0)


def listed(names: Iterable[str]) -> str:
    """Names in quotation marks, with commas between them."""
    return ", ".join(_("“{name}”").format(name=name) for name in names)


def share(value: float) -> str:
    """A share 0..1 as whole percent."""
    return f"{number(value * 100)}{SPACE}%"


def digits(figure: Figure) -> int:
    """Decimals that suit a figure: none for points and large values, one for small ones and means of a scale; more
    where the interval would else read ±0, a certainty that nobody has.
    """
    places = _usual(figure)
    if figure.low is not None and figure.high is not None and figure.high > figure.low:
        while places < 2 and (figure.high - figure.low) / 2 < 0.5 / 10**places:
            places += 1
    return places


def _usual(figure: Figure) -> int:
    if figure.value is None or figure.kpi in SIGNED:
        return 0
    if figure.statistic == "mean" and figure.kpi in {"rating", "ces", "csat"}:
        sharp = figure.low is not None and figure.high is not None and figure.high - figure.low < 0.2
        return 2 if sharp else 1  # "3.9 ±0.0" would claim a certainty that nobody has
    size = abs(figure.value)
    if figure.unit == "%":
        return 1 if 0 < size < 10 else 0
    return 0 if size >= 10 or size == int(size) else 1


def value(figure: Figure) -> str:
    """A figure's value with its unit, "–" where it is hidden."""
    if figure.value is None:
        return "–"
    return number(figure.value, digits(figure), sign=figure.kpi in SIGNED) + unit(figure)


def unit(figure: Figure) -> str:
    """The unit as it is set behind a value; points of a net score go without."""
    if not figure.unit or figure.unit == "points":
        return ""
    return SPACE + figure.unit


def interval(figure: Figure) -> str:
    """The 95 % interval: "±5", "35–47", or "" where there is none."""
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    places = digits(figure)
    below, above = figure.value - figure.low, figure.high - figure.value
    if abs(below - above) <= 10**-places:
        return f"±{number((figure.high - figure.low) / 2, places)}"
    signed = figure.kpi in SIGNED
    low, high = (number(end, places, sign=signed) for end in (figure.low, figure.high))
    return f"{low} … {high}" if signed or figure.low < 0 else f"{low}–{high}"


def half_width(figure: Figure) -> str:
    """The larger of the interval's two halves, "±1.0": where both ends have no room, this claims no more than they do."""
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    return f"±{number(max(figure.value - figure.low, figure.high - figure.value), digits(figure))}"


def answers(figure: Figure) -> str:
    """The number of answers (n 1 048), with the effective size of a weighted figure, or that n is not known."""
    if figure.n is None:
        return _("n unknown")
    if figure.n_effective is not None and round(figure.n_effective) != figure.n:
        return _("n {n}, effective {effective}").format(n=count(figure.n), effective=count(round(figure.n_effective)))
    return _("n {n}").format(n=count(figure.n))


def mood(value: float) -> str:
    """A mood between −2 and +2 with its sign and one decimal."""
    return number(value, 1, sign=True)


def spoken(figure: Figure) -> str:
    """A figure in one sentence, for alternative text and tooltips."""
    known = _("{name}: {value}").format(name=figure.name, value=value(figure))
    if interval(figure):
        known += " " + interval(figure)
    return known + ", " + answers(figure)
