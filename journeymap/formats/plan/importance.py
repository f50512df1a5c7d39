"""Key drivers on a page of the plan: the finding, the importance–performance picture, and the figures in a table."""

from __future__ import annotations

from typing import Final

from journeymap.formats.plan.flow import Flow
from journeymap.formats.plan.rows import numbered
from journeymap.i18n import _, ngettext
from journeymap.model import drivers, wording
from journeymap.model.drivers import Driver, Drivers
from journeymap.model.quadrants import quadrants

LABEL: Final = 7.5
ROW: Final = 14.0
HEAD: Final = 26.0


def importance(flow: Flow, found: Drivers) -> None:
    """A page of its own: the picture above, the table below it, over further pages where it has to."""
    flow.turn()
    document, across = flow.document, flow.right - flow.left
    sentence = drivers.finding(document, found)
    ink = flow.page.ink()
    ink.line(0, 0, across, 0, "text", 1)
    ink.text(0, 16, _("Key drivers"), 10, 600)
    foot = ink.block(0, 24, across, sentence, 14, 700, leading=1.2, most=3)
    foot = ink.block(0, foot + 2, across, _about(flow, found), 8.4, 400, "text2", most=4)
    flow.page.put(ink, "summary", flow.left, flow.y, across, foot, alt=sentence)
    flow.page.mark(_("Key drivers: {name}").format(name=found.name), flow.left, flow.y)
    flow.y += foot + 8
    high = min(max(172.0, flow.room - HEAD - ROW * len(found.drivers) - 10), 0.62 * across, flow.room - 10)
    k = flow.page.k
    flow.page.paste(quadrants(document, found, across * k, high * k, LABEL * k), flow.left * k, flow.y * k)
    flow.y += high + 10
    _table(flow, found)


def _about(flow: Flow, found: Drivers) -> str:
    parts = [
        _(
            "Whiskers are 95 % intervals; hollow marks have fewer than 30 answers. What goes together is no proof of cause."
        )
    ]
    if found.explained is not None:
        told = ngettext(
            "{n} touchpoint explains {share} of it.",
            "{n} touchpoints together explain {share} of it.",
            len(found.drivers),
        )
        parts.insert(0, told.format(n=len(found.drivers), share=wording.share(found.explained)))
    if found.scales > 1:
        parts.append(_("The questions have different scales; performance is the mean as part of each one’s scale."))
    if found.left_out:
        places = numbered(flow.document)
        names = ", ".join(_("{name} (n {n})").format(name=places[id_], n=n) for id_, n in found.left_out)
        parts.append(_("Left out, fewer than 30 answered both: {names}.").format(names=names))
    return " ".join(parts)


def _edges(flow: Flow) -> tuple[float, ...]:
    """The right edges of importance, performance and n; the verdict begins behind them."""
    across = flow.right - flow.left
    return 0.46 * across, 0.66 * across, 0.74 * across, 0.77 * across


def _head(flow: Flow, found: Drivers) -> None:
    ink, across = flow.page.ink(), flow.right - flow.left
    ink.line(0, 0, across, 0, "text", 0.75)
    edges = _edges(flow)
    names = (
        _("importance, 95 % interval") if found.weighed else _("correlation, 95 % interval"),
        _("performance, 95 % interval"),
        _("n"),
    )
    for edge, name in zip(edges, names, strict=False):
        ink.text(edge, 14, name, 7, 400, "text3", anchor="end")
    flow.page.put(ink, "legend", flow.left, flow.y, across, 20)
    flow.y += 20


def _table(flow: Flow, found: Drivers) -> None:
    if flow.room < 20 + 2 * ROW:
        flow.turn()
    _head(flow, found)
    places = numbered(flow.document)
    for driver in found.drivers:
        if flow.room < ROW:
            flow.turn()
            _head(flow, found)
        _row(flow, found, driver, places[driver.touchpoint_id])


def _row(flow: Flow, found: Drivers, driver: Driver, place: str) -> None:
    ink, across, edges = flow.page.ink(), flow.right - flow.left, _edges(flow)
    low, high = driver.importance_ends
    ink.line(0, 0, across, 0, "hair", 0.6)
    ink.text(0, 10, place, 8.4, 500, room=edges[0] - 120)
    ink.text(edges[0], 10, _span(driver.importance, low, high, percent=found.weighed), 8.4, anchor="end", figures=True)
    if driver.performance_low is not None and driver.performance_high is not None:
        span = _span(driver.performance, driver.performance_low, driver.performance_high, percent=True)
        ink.text(edges[1], 10, span, 8.4, anchor="end", figures=True)
    ink.text(edges[2], 10, wording.count(driver.n), 8.4, anchor="end", figures=True)
    ink.text(edges[3], 10, drivers.verdict(driver), 8.4, 400, "text2", room=across - edges[3])
    flow.page.put(ink, "chip", flow.left, flow.y, across, ROW, link=driver.touchpoint_id)
    flow.y += ROW


def _span(value: float, low: float, high: float, *, percent: bool) -> str:
    """A value with its interval: "17 %  (12–22)"."""
    if percent:
        return f"{wording.share(value)}  ({wording.number(100 * low)}–{wording.number(100 * high)})"
    return f"{wording.number(value, 2)}  ({wording.number(low, 2)} … {wording.number(high, 2)})"
