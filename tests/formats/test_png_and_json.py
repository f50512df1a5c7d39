"""Pictures of pages, and the whole map as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from sample import figures_of, large, records, sample

from journeymap.formats import export
from journeymap.formats.mapjson import map_json
from journeymap.model.document import Document
from journeymap.model.records import KINDS, field_names


def test_a_page_is_a_picture_at_the_asked_for_resolution(tmp_path: Path) -> None:
    document = sample()
    done = export(document, figures_of(document), tmp_path / "map.png", paper="A4", fit="page", dpi=100)
    assert [path.name for path in done.paths] == ["map.png"]
    with Image.open(tmp_path / "map.png") as image:
        assert image.size == pytest.approx((297 / 25.4 * 100, 210 / 25.4 * 100), abs=2)
        assert image.info["dpi"] == pytest.approx((100, 100), abs=0.5)
        assert len(image.convert("RGB").resize((80, 60)).getcolors(4800) or []) > 20  # something is drawn


def test_every_page_gets_a_file_of_its_own(tmp_path: Path) -> None:
    document = sample()
    done = export(document, figures_of(document), tmp_path / "map.png", paper="A4", fit="rows", dpi=40)
    assert [path.name for path in done.paths][:2] == ["map.png", "map-2.png"]
    assert all(path.stat().st_size > 1000 for path in done.paths)


def test_a_poster_stays_within_memory(tmp_path: Path) -> None:
    document = sample()
    export(document, figures_of(document), tmp_path / "map.png", paper="A0", dpi=600)
    with Image.open(tmp_path / "map.png") as image:
        assert image.width * image.height <= 40_200_000


def test_the_json_has_every_record_with_every_field() -> None:
    document = sample()
    whole = json.loads(map_json(document, figures_of(document)))
    assert (whole["format"], whole["version"]) == ("journeymap", 1)
    rows = [KINDS[kind](**row) for kind, found in whole["records"].items() for row in found]
    assert {row.id: row for row in rows} == {record.id: record for record in document}
    assert all(set(row) == set(field_names(KINDS[kind])) for kind, found in whole["records"].items() for row in found)


def test_the_json_keeps_the_order_of_the_map_whatever_the_order_of_the_records() -> None:
    document = sample()
    shuffled = Document(reversed(records()))
    assert map_json(shuffled, figures_of(shuffled)) == map_json(document, figures_of(document))
    names = [row["name"] for row in json.loads(map_json(document, figures_of(document)))["records"]["Phase"]]
    assert names == ["Find a bicycle", "Fetch it", "Ride", "Bring it back"]


def test_the_json_s_figures_are_rows_of_the_table_of_figures() -> None:
    document = sample()
    rows = json.loads(map_json(document, figures_of(document)))["kpis"]
    assert [(row["touchpoint"], row["kpi"], row["value"]) for row in rows] == [
        (None, "nps", 15.0), ("Sign the papers", "csat", 54.0), ("Ask for help", "csat", 41.0), ("Pay the bill", "ces", 91.0),
    ]  # fmt: skip
    assert set(rows[0]) == {
        "touchpoint", "phase", "kpi", "statistic", "value", "low", "high", "n", "n_effective", "unit", "scale", "period",
        "segment", "dataset", "note",
    }  # fmt: skip


def test_a_large_map_is_written_as_json(tmp_path: Path) -> None:
    document = large(40)
    export(document, figures_of(document), tmp_path / "map.json")
    assert len(json.loads((tmp_path / "map.json").read_text())["records"]["Touchpoint"]) == 40
