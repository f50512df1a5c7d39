"""Hours of business: how much of the time between two moments lay within them.

Written as `Mon-Fri 9-17`, or several with commas: `Mon-Fri 9-12:30, Mon-Fri 13:30-18, Sat 9-13`. Days may be German
(`Mo-Fr`). Time is that of the file's clock; holidays are not known, and count as the weekday that they fall on.
"""

from __future__ import annotations

import re
from typing import Any, Final, Self

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _

DAY: Final = 86_400
_THURSDAY: Final = 3
"""The weekday of 1970-01-01, from Monday on."""
_WEEKS: Final = 200_000
_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPOKEN: Final = {
    **{name.casefold(): number for number, name in enumerate(_NAMES)},
    **{name: number for number, name in enumerate(("mo", "di", "mi", "do", "fr", "sa", "so"))},
}
_PART: Final = re.compile(
    r"\s*([^\W\d_]+)\.?(?:\s*[-–]\s*([^\W\d_]+)\.?)?\s+(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*"
)


class Window(Struct, frozen=True):
    """The same hours on several days running: weekdays from `first` to `last` (0 is Monday), seconds of the day."""

    first: int
    last: int
    begin: int
    end: int


class Hours(Struct, frozen=True):
    """Windows in a week that do not overlap."""

    windows: tuple[Window, ...]

    @classmethod
    def read(cls, text: str, where: str = "") -> Self:
        """Hours as a recipe writes them; falsy where there are none. Raises Failure."""
        windows = tuple(_window(part, where or text) for part in text.split(",")) if text.strip() else ()
        for place, one in enumerate(windows):
            for other in windows[:place]:
                if (
                    one.first <= other.last
                    and other.first <= one.last
                    and one.begin < other.end
                    and other.begin < one.end
                ):
                    raise Failure(_("“hours” in {where} overlap: {text}.").format(where=where or text, text=text))
        return cls(windows)

    def __bool__(self) -> bool:
        return bool(self.windows)

    def __str__(self) -> str:
        return ", ".join(map(_written, self.windows))

    def passed(self, moment: Any) -> Any:
        """The seconds of business from the Monday before 1970 to a moment (seconds since 1970), as an expression."""
        import ibis

        def between(value: Any, low: int, high: int) -> Any:
            return ibis.greatest(ibis.least(value, high), low)

        # An engine's remainder of a negative number is negative: moments before 1970 are moved by whole weeks.
        moved = moment + _WEEKS * 7 * DAY
        days = ((moved - moved % DAY) / DAY).cast("int64") + _THURSDAY
        clock = moved % DAY
        weekday, week = days % 7, ((days - days % 7) / 7).cast("int64") - _WEEKS
        found: Any = ibis.literal(0, "int64")
        for one in self.windows:
            length, count = one.end - one.begin, one.last - one.first + 1
            today = ibis.ifelse(weekday.between(one.first, one.last), between(clock - one.begin, 0, length), 0)
            found = found + (week * count + between(weekday - one.first, 0, count)) * length + today
        return found

    def seconds(self, moment: int) -> int:
        """`passed` of one moment."""
        days, clock = divmod(moment, DAY)
        week, weekday = divmod(days + _THURSDAY, 7)
        found = 0
        for one in self.windows:
            length, count = one.end - one.begin, one.last - one.first + 1
            today = min(max(clock - one.begin, 0), length) if one.first <= weekday <= one.last else 0
            found += (week * count + min(max(weekday - one.first, 0), count)) * length + today
        return found


def _window(part: str, where: str) -> Window:
    found = _PART.fullmatch(part)
    days = [] if found is None else [_SPOKEN.get(name.casefold()) for name in found.group(1, 2) if name]
    if found is None or None in days:
        raise Failure(_("“hours” in {where} are written as Mon-Fri 9-17, Sat 9-13.").format(where=where))
    first, last = int(days[0] or 0), int(days[-1] or 0)
    times = [int(found.group(hour)) * 3600 + int(found.group(hour + 1) or 0) * 60 for hour in (3, 5)]
    if first > last or times[0] >= times[1] or times[1] > DAY:
        raise Failure(
            _("“hours” in {where} go from an earlier day and time to a later one: Mon-Fri 9-17.").format(where=where)
        )
    return Window(first, last, times[0], times[1])


def _written(one: Window) -> str:
    days = _NAMES[one.first] + (f"-{_NAMES[one.last]}" if one.last > one.first else "")
    times = [
        f"{second // 3600}" + (f":{second // 60 % 60:02}" if second % 3600 else "") for second in (one.begin, one.end)
    ]
    return f"{days} {times[0]}-{times[1]}"
