"""One open map in a window: the session, and what follows from its records (figures, layout), kept in step.

Panels and canvas listen here and change the map only through `perform`; a refusal arrives as a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from journeymap.failure import Failure
from journeymap.model.change import Change
from journeymap.model.document import Conflict, Document
from journeymap.model.records import (
    DataSet,
    Id,
    KpiTarget,
    Map,
    Measure,
    Persona,
    Phase,
    Record,
    Touchpoint,
    TypedKpi,
    View,
)

if TYPE_CHECKING:
    from journeymap.model.cube import Cube
    from journeymap.model.drivers import Drivers
    from journeymap.model.figures import Figures
    from journeymap.model.layout import Layout
    from journeymap.session import Event, Session
    from journeymap.ui.levels import Levels

PULL_MS = 1000
"""How often another process's writes are looked for."""

IDLE_MS = 400
"""After this long without a look or a change, what the next zoom will need is made."""

FIRST_S = 0.016
"""So long the disk goes first, between the picture and the panels: a frame, twice what it mostly takes."""

_MEASURED = (DataSet, Measure, KpiTarget, TypedKpi)
_MEASURED_FIELDS: dict[type[Record], frozenset[str]] = {
    Map: frozenset({"privacy_limit"}),
    Persona: frozenset({"segment_column", "segment_value"}),
    Touchpoint: frozenset({"phase_id"}),
}


class OpenMap(QObject):
    """A session with its figures and layout. Signals: `changed(Change)` after every change, whoever made it;
    `damaged(Layout, Damage)` and `followed(Change)` just before, for the canvas, which answers first; `viewing()` before it is looked at through another view,
    `viewed()` after;
    `saved()`; `refused(str)` with a sentence for the user.
    """

    viewing = Signal()
    viewed = Signal()
    changed = Signal(object)
    damaged = Signal(object, object)
    followed = Signal(object)
    saved = Signal()
    refused = Signal(str)
    closed = Signal()
    _woken = Signal()

    def __init__(
        self, session: Session, parent: QObject | None = None, counts: Callable[[Id], Cube] | None = None
    ) -> None:
        """`counts`: where the counts lie, if not in the session's own file."""
        super().__init__(parent)
        self.session = session
        self._counts = counts or session.cube
        self._figures: Figures | None = None
        self._drivers: tuple[Drivers, ...] | None = None
        self._view: View | None = None
        self._zoom = 1.0
        self._unlisten: Callable[[], None] | None = session.listen(self._hear)
        # The store thread may only ring; the work is done here, when the event loop comes round.
        self._woken.connect(self.settle, Qt.ConnectionType.QueuedConnection)
        session.wake = self._woken.emit
        self._timer = QTimer(self)
        self._timer.setInterval(PULL_MS)
        self._timer.timeout.connect(self._pull)
        self._timer.start()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._prepare)

    # ------------------------------------------------------------ reading

    @property
    def document(self) -> Document:
        """The map's records."""
        return self.session.document

    @property
    def figures(self) -> Figures:
        """What the map shows of its data; computed at the first question and after a change of data or targets."""
        if self._figures is None:
            from journeymap.model.figures import figures

            self._figures = figures(self.document, self._counts)
        return self._figures

    @property
    def drivers(self) -> tuple[Drivers, ...]:
        """What moves the overall judgement most; computed at the first question and after a change of data."""
        if self._drivers is None:
            from journeymap.model.drivers import key_drivers

            self._drivers = tuple(key_drivers(self.document, self._counts))
        return self._drivers

    @property
    def driver_weights(self) -> Mapping[Id, float]:
        """How much each touchpoint moves it, 1 on average, for the priority of pains."""
        from journeymap.model.drivers import driver_weights

        return driver_weights(self.drivers)

    @cached_property
    def _levels(self) -> Levels:
        from journeymap.ui.levels import Levels

        return Levels(self.document, lambda: self.figures, self._view)

    @property
    def view(self) -> View | None:
        """Through what the map is looked at (`model.lens`); None shows everything."""
        return self._view

    def look_through(self, view: View | None) -> None:
        """Looks at the map through another view; nothing of the map changes."""
        if view == self._view:
            return
        self.viewing.emit()
        self._view = view
        if "_levels" in self.__dict__:
            self._levels.look_through(view)
            self._idle.start()
        self.viewed.emit()

    @property
    def layout(self) -> Layout:
        """The drawing of what is looked at, at 100 %, followed change by change."""
        return self._levels.full

    def layout_at(self, zoom: float) -> Layout:
        """The drawing for a zoom: everything, or from afar summaries or sketches."""
        return self._levels.at(zoom)

    def shown_at(self, zoom: float) -> None:
        """Tells at which zoom the map is looked at; other drawings follow changes when they are wanted."""
        self._zoom = zoom
        self._idle.start()

    def _prepare(self) -> None:
        """While nobody asks for anything, what the next zoom will need is made."""
        if self._unlisten is not None and self._levels.prepare():
            self._idle.start()

    # ------------------------------------------------------------ changing

    def perform(self, change: Change) -> bool:
        """Puts a change into effect. False, after `refused`, where the rules or the file do not allow it."""
        return self.attempt(lambda: self.session.perform(change))

    def do(self, command: Callable[[], Change]) -> bool:
        """Makes a change and puts it into effect; a command's own Failure is refused in words too."""
        return self.attempt(lambda: self.session.perform(command()))

    def undo(self) -> Change | None:
        """Takes the last change back; what that did to the map, or None."""
        return self._repeated(self.session.undo)

    def redo(self) -> Change | None:
        """Does again what was taken back; what that did to the map, or None."""
        return self._repeated(self.session.redo)

    def _repeated(self, act: Callable[[], Change | None]) -> Change | None:
        done: list[Change | None] = []
        self.attempt(lambda: done.append(act()))
        return done[0] if done else None

    def close(self) -> None:
        """Waits for the disk and closes the session; nothing can be done with it afterwards."""
        if self._unlisten is None:
            return
        self.closed.emit()
        self._timer.stop()
        self._idle.stop()
        self.session.wake = None
        self._unlisten()
        self._unlisten = None
        self.session.close()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Does something with the session. False, after `refused` with the sentence, where that failed."""
        try:
            act()
        except (Failure, Conflict) as problem:
            self.refused.emit(str(problem))
            return False
        return True

    # ------------------------------------------------------------ hearing

    def settle(self, within: float = 0.0) -> None:
        """Hears what became of the writing; waits for it `within` seconds at most."""
        if self._unlisten is not None:
            self.attempt(lambda: self.session.settle(within))

    def _pull(self) -> None:
        if self._unlisten is not None:
            self.attempt(self.session.pull)

    def _hear(self, event: Event) -> None:
        if event.kind == "saved":
            self.saved.emit()
            return
        if event.change:
            self._follow(event.change)
        if event.kind == "refused":
            self.refused.emit(event.reason)

    def _follow(self, change: Change) -> None:
        known = self._figures is not None or self._drivers is not None
        if known and touches_figures(change, self.document):
            self._figures = self._drivers = None
        if "_levels" in self.__dict__:
            for layout, damage in self._levels.follow(change, self._zoom):
                self.damaged.emit(layout, damage)
            self._idle.start()
        self.followed.emit(change)
        self.session.hand_over(FIRST_S)  # the picture stands; panels would make the writing take three times as long
        self.changed.emit(change)
        self._follow_view(change)

    def _follow_view(self, change: Change) -> None:
        """A saved view that was changed shows so; one that is gone shows the whole map."""
        view = self._view
        if view is None or not (view.id in change.updated or view.id in change.removed or view.id in change.added):
            return
        self.look_through(self.document.get(View, view.id))


def touches_figures(change: Change, document: Document) -> bool:
    """Whether a figure may look different after `change` (already in `document`)."""
    whole = (*change.added.values(), *change.removed.values())
    if any(isinstance(record, _MEASURED) for record in whole):
        return True
    for id_, edits in change.updated.items():
        record = document.record(id_)
        if record is None or isinstance(record, _MEASURED):
            return True
        if not _MEASURED_FIELDS.get(type(record), frozenset()).isdisjoint(edits):
            return True
    return any(isinstance(record, Persona | Phase) for record in whole)
