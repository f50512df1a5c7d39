"""The legend: a sample and a word for exactly what occurs on this map, in as few lines as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from journeymap.formats.ink import Ink, Page
from journeymap.formats.sheet.facts import moods
from journeymap.formats.sheet.folding import Subject
from journeymap.i18n import _
from journeymap.model import journey, kpi, lanes, shapes
from journeymap.model.document import Document
from journeymap.model.figures import Figure, Figures
from journeymap.model.records import Department, Emotion, Lane, Link, PainPoint, State, Touchpoint

_LINE = 11.5
_GAP = 13.0


class Entry(Struct, frozen=True):
    """A sample, `width` wide, drawn from x on around the middle y, and its words."""

    width: float
    draw: Callable[[Ink, float, float], None]
    words: str


def legend(page: Page, subject: Subject, x: float, y: float, width: float) -> float:
    """Draws the legend from its rule at y on; returns its lower edge."""
    ink, line = page.ink(), 9.5
    ink.line(0, 0, width, 0, "border", 0.5)
    for n, some in enumerate(_lines(ink, list(entries(subject)), width)):
        left, line = 0.0, 9.5 + n * _LINE
        for entry in some:
            entry.draw(ink, left, line)
            ink.text(left + entry.width + 4, line + 2.5, entry.words, 7, 400, "text2")
            left += _long(ink, entry)
    page.put(ink, "legend", x, y, width, line + 6)
    return y + line + 6


def _long(ink: Ink, entry: Entry) -> float:
    """An entry with the space behind it."""
    return entry.width + 4 + ink.width(entry.words, 7) + _GAP


def _lines(ink: Ink, found: list[Entry], width: float) -> list[list[Entry]]:
    """As few lines as there can be, and about as long as each other: no entry stands alone on the last one."""

    def broken(room: float) -> list[list[Entry]]:
        lines: list[list[Entry]] = [[]]
        left = 0.0
        for entry in found:
            long = _long(ink, entry)
            if lines[-1] and left + long - _GAP > room:
                lines.append([])
                left = 0.0
            lines[-1].append(entry)
            left += long
        return lines

    best = broken(width)
    for part in range(95, 45, -5):
        if len(tighter := broken(width * part / 100)) > len(best):
            break
        best = tighter
    return best


def height(page: Page, subject: Subject, width: float) -> float:
    """How tall the legend is."""
    return legend(Page(page.width, page.height, page.k), subject, 0, 0, width)


def entries(subject: Subject) -> Iterator[Entry]:
    """What needs a word on this map, in the order of its lanes."""
    document, figures, seen = subject.document, subject.figures, subject.lens.touchpoints
    shown = {lane.kind for lane in document.all(Lane) if not lane.hidden}
    state = next(iter(document.all(State)), None)
    every = journey.touchpoints(document, state.id) if state else ()
    touchpoints = {one.id: one for one in every if seen is None or one.id in seen}
    if lanes.JOURNEY in shown:
        yield from _journey(document, touchpoints)
    if lanes.EMOTION in shown:
        yield from _emotion(document, figures, touchpoints)
    if {lanes.FIGURES, lanes.CHART} & shown:
        found = [figure for id_ in touchpoints for figure in figures.at(id_)]
        yield from _figures(found)
        if any(row.kpi for row in subject.lens.rows) and any(figure.status == "none" for figure in found):
            yield Entry(20, _steps, _("without a target: from the row’s worst to its best"))
    if lanes.PAINS in shown and any(pain.touchpoint_id in touchpoints for pain in document.all(PainPoint)):
        yield Entry(28, _severity, _("severity"))
    if lanes.DEPARTMENTS in shown:
        yield from _departments(document, figures, state, touchpoints)


def _journey(document: Document, touchpoints: dict[str, Touchpoint]) -> Iterator[Entry]:
    if any(one.moment_of_truth for one in touchpoints.values()):
        yield Entry(6, _ribbon, _("moment of truth"))
    kinds = {link.kind for link in document.all(Link) if link.source_id in touchpoints}
    if "loop" in kinds:
        yield Entry(16, _dashed, _("loop"))
    if kinds & {"branch", "switch", "next"}:
        yield Entry(16, _solid, _("branch"))
    if touchpoints:
        yield Entry(20, _letters, _("operational, experience data; dotted: missing"))


def _emotion(document: Document, figures: Figures, touchpoints: dict[str, Touchpoint]) -> Iterator[Entry]:
    measured = {one.kpi for key, one in figures.emotion.items() if key[1] in touchpoints}
    if measured:
        names = ", ".join(kpi.definition(name).label() for name in kpi.KPIS if name in measured)
        yield Entry(16, _measured, _("measured ({kpis}), with 95 % band").format(kpis=names))
    if any(one.touchpoint_id in touchpoints for one in document.all(Emotion)):
        yield Entry(16, _assumed, _("assumed"))
    felt = {one.touchpoint_id for one in document.all(Emotion)}
    paired = {one.id: one.counterpart_id for one in document.all(Touchpoint) if one.counterpart_id is not None}
    if any(before in touchpoints and later in felt for later, before in paired.items()):
        yield Entry(16, _aimed, _("to-be"))
    if any(later in touchpoints and before in felt for later, before in paired.items()):
        yield Entry(16, _former, _("as-is"))


def _figures(found: list[Figure]) -> Iterator[Entry]:
    words = {
        "met": _("target met"), "open": _("target within the interval"), "missed": _("target missed"), "none": _("no target"),
    }  # fmt: skip
    statuses = {figure.status for figure in found if figure.value is not None}
    for status, said in words.items():
        if status in statuses:
            yield Entry(6, _status(status), said)
    if any(figure.hollow for figure in found):
        yield Entry(11, _few, _("fewer than 30 answers"))
    if any(figure.hatched for figure in found):
        yield Entry(11, _hatched, _("n unknown: takes no part in verdicts"))


def _departments(
    document: Document, figures: Figures, state: State | None, touchpoints: dict[str, Touchpoint]
) -> Iterator[Entry]:
    owners = {document.get(Department, one.department_id) for one in touchpoints.values()}
    if any(owner is not None and owner.external for owner in owners):
        yield Entry(14, _partner, _("partner"))
    over = journey.handovers(document, state.id, moods(document, figures)) if state else []
    if any(one.fall is not None and one.fall <= journey.BREAK for one in over):
        yield Entry(11, _broken, _("mood breaks at a hand-over"))


# ---------------------------------------------------------------- samples


def _steps(ink: Ink, x: float, y: float) -> None:
    for n in range(5):
        ink.disc(x + 2 + n * 4.2, y, 1.5, "text2" if n < 3 else "hair")


def _severity(ink: Ink, x: float, y: float) -> None:
    k = ink.k
    ink.add(shapes.severity(x * k, y * k, 4, 4.2 * k, 1.3 * k, 0.7 * k))


def _ribbon(ink: Ink, x: float, y: float) -> None:
    ink.add([shapes.ribbon((x + 6.4) * ink.k, (y - 5) * ink.k, ink.k)])


def _dashed(ink: Ink, x: float, y: float) -> None:
    ink.line(x, y, x + 16, y, "text2", 1, (3.2, 2))


def _solid(ink: Ink, x: float, y: float) -> None:
    ink.line(x, y, x + 16, y, "text2", 1)


def _letters(ink: Ink, x: float, y: float) -> None:
    for i, letter in enumerate("OX"):
        ink.add(shapes.letter((x + 4.6 + 10.4 * i) * ink.k, y * ink.k, letter, 7 * ink.k, ink.k, there=not i))


def _measured(ink: Ink, x: float, y: float) -> None:
    ink.box(x, y - 3.5, 16, 7, "p1", opacity=0.15)
    ink.line(x, y, x + 16, y, "p1", 1.9)


def _assumed(ink: Ink, x: float, y: float) -> None:
    ink.line(x, y, x + 16, y, "p1", 0.95, (3, 2.4))


def _aimed(ink: Ink, x: float, y: float) -> None:
    ink.line(x, y, x + 16, y, "p1", 1.5, (1.4, 2.2))


def _former(ink: Ink, x: float, y: float) -> None:
    ink.line(x, y, x + 16, y, "control", 0.95)


def _status(kind: str) -> Callable[[Ink, float, float], None]:
    return lambda ink, x, y: ink.add(shapes.status((x + 3) * ink.k, y * ink.k, 6 * ink.k, kind))


def _few(ink: Ink, x: float, y: float) -> None:
    ink.box(x, y - 4, 11, 8, None, ink.pen("open", 0.75, (2.4, 1.8)), 2)


def _hatched(ink: Ink, x: float, y: float) -> None:
    ink.box(x, y - 4, 11, 8, None, ink.pen("control", 0.5))
    for i in range(3):
        ink.line(x + 3 * i, y + 4, x + 3 * i + 4, y - 4, "control", 0.4)


def _partner(ink: Ink, x: float, y: float) -> None:
    ink.box(x, y - 4, 14, 8, None, ink.pen("control", 0.75, (2.2, 1.6)), 2)


def _broken(ink: Ink, x: float, y: float) -> None:
    ink.box(x, y - 4, 11, 8, "pain", radius=4)
    ink.shape(((x + 3.4, y - 1.8), (x + 7.6, y - 1.8), (x + 5.5, y + 1.8)), "card")
