"""After any sequence of steps, document, graph, log and file agree, in two windows and after opening again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model.gestures import gesture, small_map

from journeymap.failure import Failure
from journeymap.model import graph
from journeymap.model.document import Conflict, Document
from journeymap.session import Session
from journeymap.store.verify import verify


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_document_graph_log_and_file_agree_after_any_sequence(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.journey"
        with Session.create(path, small_map()) as one, Session.open(path) as other:
            one.document.graph()
            windows, followed = (one, other), Document(other.document)
            other.listen(lambda event: followed.apply(event.change) if event.kind != "saved" and event.change else None)
            for _ in range(data.draw(st.integers(1, 8))):
                session = windows[data.draw(st.integers(0, 1))]
                deed = data.draw(
                    st.sampled_from(["do", "do", "do", "undo", "redo", "pull", "flush", "version", "restore"])
                )
                try:
                    if deed == "do":
                        session.perform(data.draw(gesture(session.document)))
                    elif deed == "version":
                        session.name_version("v")
                    elif deed == "restore" and session.versions():
                        session.restore(session.versions()[0].id)
                    elif deed != "restore":
                        getattr(session, deed)()
                except (Failure, Conflict):
                    continue
            for session in (*windows, one):
                try:
                    session.flush()
                except Failure:
                    assert session.saved
                session.pull()
            assert one.document == other.document == followed
            fresh = graph.build(one.document)
            assert set(fresh.edges(keys=True)) == set(one.document.graph().edges(keys=True))
            with Session.open(path) as third:
                assert third.document == one.document
        report = verify(path)
        assert report.sound, str(report)
