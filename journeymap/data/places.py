"""Where measures belong: the map's touchpoints and phases by name, and new ones where the map lacks them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from journeymap.data.answers import tidy
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.order import at_end
from journeymap.model.records import Id, Phase, Record, State, Touchpoint, new_id

R = TypeVar("R", Phase, Touchpoint)


class Places:
    """Finds or makes touchpoints and phases. `made` holds the new records, owners first."""

    def __init__(self, document: Document, known: Mapping[str, Id] = MappingProxyType({})) -> None:
        """`known`: what earlier data of the same series stand at, by the names that their source uses: a touchpoint or
        phase that was given another name on the map since is found all the same.
        """
        self._document = document
        self._states = document.all(State)
        self._phases = sorted(document.all(Phase), key=lambda phase: self._rank(phase.state_id))
        touchpoints = sorted(document.all(Touchpoint), key=lambda one: self._rank(self._state_of(one)))
        self._touchpoint = _by_name(touchpoints)
        self._phase = _by_name(self._phases)
        for name, id_ in known.items():
            if touchpoint := document.get(Touchpoint, id_):
                self._touchpoint[_key(name)] = touchpoint
            elif phase := document.get(Phase, id_):
                self._phase[_key(name)] = phase
        self.used: dict[str, Id] = {}
        """Every name that was asked for, and what stands for it."""
        self._last: dict[Id, list[Touchpoint]] = {}
        self.made: list[Record] = []

    def touchpoint(self, name: str) -> Touchpoint:
        """The touchpoint of that name (as it is today before as it shall be); a new one where there is none."""
        found = self._touchpoint.get(_key(name))
        if found is None:
            home = self._home()
            row = self._row(home)
            found = Touchpoint(new_id(), home.id, at_end(row, 1)[0], tidy(name))
            row.append(found)
            self.made.append(found)
            self._touchpoint[_key(name)] = found
        self.used[tidy(name)] = found.id
        return found

    def phase(self, name: str) -> Phase:
        """The phase of that name; a new one at the end where there is none."""
        found = self._phase.get(_key(name)) or self._new_phase(tidy(name))
        self.used[tidy(name)] = found.id
        return found

    def _home(self) -> Phase:
        """The phase for new touchpoints: the only one, else "Imported": which of several is meant, only a person knows."""
        today = [phase for phase in self._phases if phase.state_id == self._today().id]
        return today[0] if len(today) == 1 else self.phase(_("Imported"))

    def _row(self, phase: Phase) -> list[Touchpoint]:
        if phase.id not in self._last:
            self._last[phase.id] = self._document.referring(Touchpoint, "phase_id", phase.id)
        return self._last[phase.id]

    def _new_phase(self, name: str) -> Phase:
        state = self._today()
        row = [phase for phase in self._phases if phase.state_id == state.id]
        phase = Phase(new_id(), state.id, at_end(row, 1)[0], name)
        self._phases.append(phase)
        self._phase[_key(name)] = phase
        self.made.append(phase)
        return phase

    def _today(self) -> State:
        """The first as-is state; made where the map has none at all."""
        if not self._states:
            self._states = [State(new_id(), at_end([], 1)[0], _("As is"))]
            self.made.insert(0, self._states[0])
        return min(self._states, key=lambda state: self._rank(state.id))

    def _rank(self, state_id: Id) -> tuple[bool, int]:
        for place, state in enumerate(self._states):
            if state.id == state_id:
                return (state.kind != "as_is", place)
        return (True, len(self._states))

    def _state_of(self, touchpoint: Touchpoint) -> Id:
        phase = self._document.get(Phase, touchpoint.phase_id)
        return phase.state_id if phase else ""


def _key(name: str) -> str:
    return tidy(name).casefold()


def _by_name(records: Iterable[R]) -> dict[str, R]:
    found: dict[str, R] = {}
    for record in records:
        found.setdefault(_key(record.name), record)
    return found
