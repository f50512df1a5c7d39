"""What would be sent to databases that are not here: SQL that their dialect reads again, of columns that there are."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlglot
from counts import CUSTOMERS, NAMES, WHOLE, said_in, table
from sqlglot import exp

from journeymap.data import Recipe, databases, prepare, where
from journeymap.data.address import address
from journeymap.data.counting.engine import Engine
from journeymap.data.databases.afar import Afar
from journeymap.data.databases.relation import relation
from journeymap.data.databases.writing import spoken
from journeymap.data.recipe.source import Source

FEW = """
[source]
filter = "status != 'test' and qty >= 1"
[columns]
date = "day"
touchpoint = "place"
segments = ["grp"]
[[measure]]
kpi = "csat"
column = "score"
scale = [1, 5]
[[measure]]
kpi = "churn"
customer = "who"
lost = { column = "status", codes = ["left"] }
"""
DIALECTS = ("postgres", "mysql", "trino", "snowflake", "bigquery", "pyspark")


class Told(Engine):
    """The embedded engine, which answers, beside one for the dialect, which is told and asked the same and only writes."""

    far = True
    other: Afar
    sent: list[str]

    @property
    def here(self):
        return SimpleNamespace(ask=super().ask, keep=super().keep, put=super().put)

    def keep(self, name, expression):
        self.other.keep(name, expression)
        return super().keep(name, expression)

    def once(self, name, expression):
        self.other.once(name, expression)
        return super().keep(name, expression)

    def put(self, name, types, rows):
        rows = list(rows)
        self.other.put(name, types, rows)
        return super().put(name, types, rows)

    def bring(self, name, expression):
        self.sent.append(self.other.sql(self.other._compiled(expression)))
        return super().keep(name, expression)

    def ask(self, expression):
        self.sent.append(self.other.sql(self.other._compiled(expression)))
        return super().ask(expression)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "recipe", ["few", pytest.param("whole", marks=pytest.mark.slow), pytest.param("customers", marks=pytest.mark.slow)]
)
def test_every_question_is_sound_sql_in_the_dialect(tmp_path, empty_map, monkeypatch, dialect, recipe):
    if dialect == "pyspark":
        pytest.importorskip("pyspark")
        import ibis

        ibis.pyspark  # noqa: B018  (registers the options that writing for Spark asks for)
    with sqlite3.connect(tmp_path / "s.db") as made:
        made.execute(f"CREATE TABLE visits ({', '.join(f'{name} TEXT' for name in NAMES)})")
        made.executemany(f"INSERT INTO visits VALUES ({', '.join('?' * len(NAMES))})", table(6, 120))
    made.close()
    (tmp_path / "other").mkdir()
    silent = SimpleNamespace(dialect=dialect, address=None, close=lambda: None)
    Told.other = Afar(silent, relation(Source(table="visits"), dialect), Path(tmp_path / "other"))
    Told.sent = []
    copied = databases.copied

    def both(afar, sample, wanted, engine, cancelled=None):
        databases.stage(Told.other, sample, wanted)
        return copied(afar, sample, wanted, engine, cancelled)

    monkeypatch.setattr(databases, "copied", both)
    monkeypatch.setattr(where, "Engine", Told)
    said = {"few": FEW, "whole": WHOLE, "customers": CUSTOMERS}[recipe]
    prepare(empty_map, [address(f"sqlite:///{tmp_path}/s.db")], Recipe.from_toml(said_in(said, table="visits")))
    Told.other.here.close()
    assert len(Told.sent) >= 6
    for text in Told.sent:
        (tree,) = sqlglot.parse(text, read=spoken(dialect))
        assert isinstance(tree, exp.Query)
        assert not tree.find(exp.DML, exp.DDL, exp.Command)
        steps = {cte.alias: cte.this for cte in tree.ctes}
        inner = {cte.alias for cte in tree.find_all(exp.CTE)}
        assert {one.name for one in tree.find_all(exp.Table)} <= inner | {"visits", "given"} | set(steps)
        assert len(steps) == len(tree.ctes), "no two steps have one name"
        assert {column.name for column in steps["raw"].find_all(exp.Column)} <= set(NAMES)
        assert [one.name for one in steps["journeymap_source"].find_all(exp.Table)] == ["visits"]
