"""What a view shows, to tick and untick: lanes, personas, phases, departments, channels, tags, the KPI of a heat map.

A tick shows at once on the map behind; nothing of the map is changed, and nothing is kept until the view is saved.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.model import journey, kpi, lanes, lens
from journeymap.model.records import Channel, Department, Id, Lane, Persona, Tag
from journeymap.ui import theme, viewing
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Words
from journeymap.ui.map import OpenMap

WIDTH, MOST_HIGH = 280, 560


class ViewChoices(QFrame):
    """A panel below a button; closed by Escape or a click elsewhere."""

    def __init__(self, map_: OpenMap, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("view-choices")
        self.setAccessibleName(_("What this view shows"))
        self.setFixedWidth(WIDTH)
        self._map = map_
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        names = theme.current().names
        self.setStyleSheet(
            f"QFrame#view-choices {{ background: {names['card']}; border: 1px solid {names['border']}; }}"
            "QScrollArea, QWidget#inside { background: transparent; border: none; }"
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 8)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(scroll)
        inside.setObjectName("inside")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 12, 16, 8)
        self._column.setSpacing(4)
        scroll.setWidget(inside)
        self._fill(inside)
        whole.addWidget(scroll, 1)
        whole.addLayout(self._foot())
        self.resize(WIDTH, min(MOST_HIGH, inside.sizeHint().height() + 60))

    def open_below(self, button: QWidget) -> None:
        """Shows it with its right edge at the button's, inside the screen."""
        corner = button.mapToGlobal(QPoint(button.width() - WIDTH, button.height() + 2))
        room = button.screen().availableGeometry()
        self.setFixedHeight(min(self.height(), max(200, room.bottom() - corner.y() - 8)))
        self.move(max(room.left(), corner.x()), corner.y())
        self.show()
        first = next(iter(self.boxes.values()), None)
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self, inside: QWidget) -> None:
        document, view = self._map.document, viewing.current(self._map)
        shown = [
            (lane.id, lanes.title(lane))
            for lane in document.all(Lane)
            if not lane.hidden and lane.kind not in lanes.LINES and lens.fits(view.kind, lane.kind)
        ]
        states = lens.states_of(document, view)
        phases = [(phase.id, phase.name or _("Phase")) for state in states for phase in journey.phases(document, state)]
        people = [(one.id, one.name) for one in document.all(Persona) if not one.hidden]
        self._section(inside, _("Lanes"), "lanes", shown, view.lanes)
        self._section(inside, _("Personas"), "personas", people, view.personas)
        self._section(inside, _("Phases"), "phases", phases, view.phases)
        self._section(
            inside, _("Departments"), "departments", [(one.id, one.name) for one in document.all(Department)],
            view.departments,
        )  # fmt: skip
        self._section(
            inside, _("Channels"), "channels", [(one.id, one.name) for one in document.all(Channel)], view.channels
        )
        self._section(inside, _("Tags"), "tags", [(one.id, one.name) for one in document.all(Tag)], view.tags)
        if view.kind == lens.HEAT:
            used = dict.fromkeys(one.kpi for several in self._map.figures.touchpoint.values() for one in several)
            known = [(name, kpi.KPIS[name].label() if name in kpi.KPIS else name) for name in used]
            self._section(inside, _("KPI"), "kpi", known, (view.kpi,) if view.kpi else ())
        self._column.addStretch(1)

    def _section(
        self, inside: QWidget, title: str, field: str, options: Iterable[tuple[Id, str]], asked: tuple[str, ...]
    ) -> None:
        known = list(options)
        if len(known) < 2:
            return
        self._column.addWidget(Words(title, inside, weight=600))
        alive = {id_ for id_, _name in known} & set(asked)
        for id_, name in known:
            box = QCheckBox(name.replace("&", "&&"), inside)
            box.setChecked(not alive or id_ in alive)
            box.clicked.connect(lambda on, field=field, id_=id_: self._tick(field, id_, on=on))
            self.boxes[field, id_] = box
            self._column.addWidget(box)
        self._column.addSpacing(10)

    def _tick(self, field: str, id_: Id, *, on: bool) -> None:
        boxes = {other: box for (kind, other), box in self.boxes.items() if kind == field}
        if field == "kpi" and on:
            for other, box in boxes.items():
                box.setChecked(other == id_)
        ticked = tuple(other for other, box in boxes.items() if box.isChecked())
        if not ticked or len(ticked) == len(boxes):  # nothing left is no view: everything is shown again
            ticked = ()
            for box in boxes.values():
                box.setChecked(True)
        value: object = ticked if field != "kpi" else (ticked[0] if len(ticked) == 1 else "")
        if field == "lanes" and ticked:
            value = (*ticked, *(lane.id for lane in self._map.document.all(Lane) if lane.kind in lanes.LINES))
        view = self._map.view
        self._map.look_through(lens.changed(view, self._map.document, **{field: value}))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        everything = Pill(_("Show everything"), self, tone="link")
        everything.clicked.connect(self._everything)
        done = Pill(_("Done"), self)
        done.clicked.connect(self.close)
        row.addWidget(everything)
        row.addStretch(1)
        row.addWidget(done)
        return row

    def _everything(self) -> None:
        view = viewing.current(self._map)
        fields = ("lanes", "personas", "phases", "departments", "channels", "tags")
        if any(getattr(view, name) for name in fields) and view.kind != lens.PHASE:
            self._map.look_through(lens.changed(view, self._map.document, **dict.fromkeys(fields, ())))
        else:
            self._map.look_through(None)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter close it."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
        else:
            super().keyPressEvent(event)
