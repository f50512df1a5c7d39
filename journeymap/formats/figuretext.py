"""The figures of a map in words and as JSON: the table, the key drivers, and what the map lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeymap.i18n import _, point
from journeymap.model import comparison, drivers, xo
from journeymap.model.breakdown import Row, as_json
from journeymap.model.document import Document
from journeymap.model.drivers import Driver, Drivers
from journeymap.model.figures import Figures
from journeymap.model.records import Touchpoint


def figures_json(
    document: Document, rows: Sequence[Row], found: Sequence[Drivers], figures: Figures | None
) -> dict[str, Any]:
    """What `journeymap kpis --json` prints; "drivers", "lacks" and "xo" only of the whole map (`figures` given)."""
    whole: dict[str, Any] = {"kpis": [as_json(row) for row in rows]}
    if figures is not None:
        whole["drivers"] = [_drivers_json(document, each) for each in found]
        whole["lacks"] = xo.lacking(figures)
        whole["xo"] = [_xo_json(document, each) for each in xo.overview(document, figures)]
    return whole


def figures_text(document: Document, rows: Sequence[Row], found: Sequence[Drivers], figures: Figures | None) -> str:
    """The same for people."""
    if not rows and figures is None:
        return _(
            "No figure can be told apart like that: it needs dates, a persona bound to a segment, or a question that several touchpoints of a phase share."
        )
    if not rows:
        return _("This map has no figures yet. Import a survey: journeymap import MAP FILE")
    parts = [_table(rows), *(_drivers_text(document, each) for each in found)]
    if figures is not None and (lack := xo.lack(figures)):
        parts.append(lack)
    return "\n\n".join(parts)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", point())


def _interval(low: float | None, high: float | None) -> str:
    return "–" if low is None and high is None else f"{_number(low)} … {_number(high)}"


def _table(rows: Sequence[Row]) -> str:
    head = (
        _("where"), "KPI", _("value"), _("95 % interval"), "n", _("effective n"), _("period"), _("segment"), _("change"), _("note"),
    )  # fmt: skip
    return _aligned([head, *map(_cells, rows)], right={2, 3, 4, 5})


def _cells(row: Row) -> tuple[str, ...]:
    figure, shift = row.figure, row.shift
    change = ""
    if shift is not None:
        gap = shift.difference
        change = f"{gap.value:+.2f} ({_interval(gap.low, gap.high)}) {comparison.spoken(shift.word)}"
    return (
        row.touchpoint or row.phase or _("journey"),
        figure.kpi,
        f"{_number(figure.value)} {figure.unit}".strip(),
        _interval(figure.low, figure.high),
        "–" if figure.n is None else str(figure.n),
        "" if figure.n_effective is None or round(figure.n_effective) == figure.n else str(round(figure.n_effective)),
        figure.period,
        ", ".join(f"{column} = {value}" for column, value in figure.segment),
        change,
        as_json(row)["note"],
    )


def _aligned(cells: Sequence[Sequence[str]], right: set[int]) -> str:
    """Columns under one another; those that are empty below the head are left out."""
    kept = [i for i in range(len(cells[0])) if any(line[i] for line in cells[1:])]
    wide = {i: max(len(line[i]) for line in cells) for i in kept}
    return "\n".join(
        "  ".join(line[i].rjust(wide[i]) if i in right else line[i].ljust(wide[i]) for i in kept).rstrip()
        for line in cells
    )


# ---------------------------------------------------------------- drivers, and what is known where


def _drivers_text(document: Document, found: Drivers) -> str:
    head = _("What goes together with “{name}” most (no proof of cause):").format(name=found.name)
    head += "\n" + drivers.finding(document, found)
    lines: list[tuple[str, ...]] = [
        (
            _("where"),
            "r",
            _("95 % interval"),
            _("weight"),
            _("95 % interval"),
            "n",
            _("performance"),
            _("95 % interval"),
            "",
        )
    ]
    lines += [_driver_cells(document, driver) for driver in found.drivers]
    parts = [head, _aligned(lines, right={1, 2, 3, 4, 5, 6, 7})]
    if found.left_out:
        names = ", ".join(f"{document.one(Touchpoint, id_).name} (n {n})" for id_, n in found.left_out)
        parts.append(_("Left out, fewer than 30 answered both: {names}.").format(names=names))
    return "\n".join(parts)


def _driver_cells(document: Document, driver: Driver) -> tuple[str, ...]:
    ends = (driver.weight_low, driver.weight_high, driver.performance_low, driver.performance_high)
    low, high, worst, best = (None if each is None else 100 * each for each in ends)
    return (
        _where(document, driver),
        _number(driver.correlation),
        _interval(driver.low, driver.high),
        "–" if driver.weight is None else f"{100 * driver.weight:.0f} %",
        _interval(low, high),
        str(driver.n),
        f"{100 * driver.performance:.0f} %",
        _interval(worst, best),
        drivers.verdict(driver),
    )


def _drivers_json(document: Document, found: Drivers) -> dict[str, Any]:
    return {
        "overall": found.name,
        "explained": _short(found.explained),
        "strongest": [document.one(Touchpoint, id_).name for id_ in found.strongest],
        "left_out": {document.one(Touchpoint, id_).name: n for id_, n in found.left_out},
        "drivers": [
            {
                "touchpoint": _where(document, driver),
                "n": driver.n,
                "correlation": _short(driver.correlation),
                "low": _short(driver.low),
                "high": _short(driver.high),
                "weight": _short(driver.weight),
                "weight_low": _short(driver.weight_low),
                "weight_high": _short(driver.weight_high),
                "performance": _short(driver.performance),
                "performance_low": _short(driver.performance_low),
                "performance_high": _short(driver.performance_high),
                "quarter": driver.quarter,
                "sure": driver.sure,
            }
            for driver in found.drivers
        ],
    }


def _xo_json(document: Document, known: xo.Known) -> dict[str, Any]:
    touchpoint = document.one(Touchpoint, known.touchpoint_id)
    return {
        "touchpoint": touchpoint.name, "operation": list(known.operation), "experience": list(known.experience),
        "felt": known.felt, "quotes": known.quotes, "missing": known.missing,
    }  # fmt: skip


def _where(document: Document, driver: Driver) -> str:
    return document.one(Touchpoint, driver.touchpoint_id).name


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
