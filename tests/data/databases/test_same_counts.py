"""The same recipe, the same counts: in the embedded engine, in a DuckDB file, SQLite, PostgreSQL and Spark."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from counts import CUSTOMERS, NAMES, WHOLE, said_in, same, table, written
from servers import PASSWORD, Server, postgresql

from journeymap.data import Recipe, prepare, read_recipe
from journeymap.data.address import Address, address
from journeymap.data.databases.passwords import VARIABLE

RECIPES = {"whole": WHOLE, "customers": CUSTOMERS}


def compare(empty_map, file: Path, database: Address, recipe: str, name: str = "visits", **source: str) -> None:
    here = prepare(empty_map, [file], Recipe.from_toml(said_in(recipe, **source) if source else recipe))
    there = prepare(empty_map, [database], Recipe.from_toml(said_in(recipe, table=name, **source)))
    assert len(here.blocks) >= 5
    same(here, there)


def in_sqlite(path: Path, rows) -> Address:
    with sqlite3.connect(path) as made:
        made.execute(f"CREATE TABLE visits ({', '.join(f'{name} TEXT' for name in NAMES)})")
        made.executemany(f"INSERT INTO visits VALUES ({', '.join('?' * len(NAMES))})", rows)
    made.close()
    return address(f"sqlite:///{path}")


def in_duckdb(path: Path, rows) -> Address:
    import duckdb

    with duckdb.connect(str(path)) as made:
        made.execute(f"CREATE TABLE visits ({', '.join(f'{name} TEXT' for name in NAMES)})")
        made.executemany(f"INSERT INTO visits VALUES ({', '.join('?' * len(NAMES))})", rows)
    return address(f"duckdb:///{path}")


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("fill", [in_sqlite, in_duckdb])
def test_a_database_in_a_file_is_counted_as_a_csv_file(tmp_path, empty_map, fill, recipe):
    rows = table(1, 400)
    compare(empty_map, written(tmp_path / "s.csv", rows), fill(tmp_path / "s.db", rows), RECIPES[recipe])


def test_typed_columns_mean_what_their_text_means(tmp_path, empty_map):
    import duckdb

    lines = [
        (f"2026-03-{day:02}", day % 5 + 1, day / 4, f"2026-03-{day:02} {day % 24:02}:30:00", day % 2 == 0)
        for day in range(1, 29)
    ]
    path = tmp_path / "s.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute("SET TimeZone = 'UTC'")
        made.execute("CREATE TABLE t (day DATE, score INTEGER, size DOUBLE, closed TIMESTAMP, member BOOLEAN)")
        made.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", lines)
    (tmp_path / "s.csv").write_text(
        "day,score,size,closed,member\n" + "".join(f"{a},{b},{c},{d},{str(e).lower()}\n" for a, b, c, d, e in lines)
    )
    recipe = """
[source]
[columns]
date = "day"
segments = ["member"]
[[measure]]
kpi = "csat"
column = "score"
[[measure]]
kpi = "number"
column = "size"
[[measure]]
kpi = "response_time"
from = "day"
to = "closed"
"""
    compare(empty_map, tmp_path / "s.csv", address(f"duckdb:///{path}"), recipe, "t")


@pytest.mark.parametrize("fill", [in_sqlite, in_duckdb])
def test_a_query_that_counts_up_by_itself_and_names_its_columns_is_asked_as_it_was_written(tmp_path, empty_map, fill):
    database = fill(tmp_path / "s.db", table(1, 10))
    query = """
        WITH RECURSIVE days(n, day) AS (SELECT 1, '2026-03-01' UNION ALL SELECT n + 1, '2026-03-0' || (n % 9 + 1) FROM days WHERE n < 90),
            marks(score) AS (VALUES (2), (5))
        SELECT day, score FROM days, marks
    """
    lines = [("2026-03-01", n) for n in (2, 5)] + [(f"2026-03-0{n % 9 + 1}", s) for n in range(1, 90) for s in (2, 5)]
    (tmp_path / "s.csv").write_text("day,score\n" + "".join(f"{day},{score}\n" for day, score in lines))
    recipe = "[source]\n[columns]\ndate = 'day'\n[[measure]]\nkpi = 'csat'\ncolumn = 'score'\nscale = [1, 5]\n"
    here = prepare(empty_map, [tmp_path / "s.csv"], Recipe.from_toml(recipe))
    there = prepare(empty_map, [database], Recipe.from_toml(said_in(recipe, query=" ".join(query.split()))))
    assert here.blocks
    same(here, there)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "UTC"])
def test_times_that_know_their_zone_begin_their_day_where_the_recipe_says(tmp_path, empty_map, zone):
    import duckdb

    moments = [f"2026-{month:02}-{day:02}T{hour:02}:45:00+00:00" for month in (3, 6, 10, 12) for day in (1, 25, 29) for hour in (0, 2, 21, 22, 23)]  # fmt: skip
    path = tmp_path / "s.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute("SET TimeZone = 'UTC'")
        made.execute('CREATE TABLE t ("at" TIMESTAMPTZ, score INTEGER)')
        made.executemany("INSERT INTO t VALUES (?, ?)", [(one, 1 + place % 5) for place, one in enumerate(moments)])
    (tmp_path / "s.csv").write_text("at,score\n" + "".join(f"{one},{1 + n % 5}\n" for n, one in enumerate(moments)))
    recipe = "[source]\n[columns]\ndate = 'at'\n" + 5 * "[[measure]]\nkpi = 'csat'\ncolumn = 'score'\nscale = [1, 5]\n"
    compare(empty_map, tmp_path / "s.csv", address(f"duckdb:///{path}"), recipe, "t", timezone=zone)


# ---------------------------------------------------------------- servers


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql() as made:
        yield made


def in_postgresql(server: Server, name: str, names, rows) -> None:
    def cell(text: str) -> str:
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")

    columns = ", ".join('"' + one.replace('"', '""') + '" TEXT' for one in names)
    lines = "\n".join("\t".join(map(cell, row)) for row in rows)
    server.sql(
        f"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({columns});\nCOPY {name} FROM STDIN;\n{lines}\n\\.\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("recipe", RECIPES)
def test_postgresql_counts_the_same_with_no_right_but_to_read(tmp_path, empty_map, server, monkeypatch, recipe, seed):
    rows = table(seed, 3000)
    in_postgresql(server, "visits", NAMES, rows)
    server.sql(
        "DROP OWNED BY reader; DROP ROLE reader;" if "reader" in server.sql("SELECT rolname FROM pg_roles") else ""
    )
    server.sql(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'; GRANT SELECT ON visits TO reader;"
               "REVOKE TEMPORARY ON DATABASE crm FROM PUBLIC")  # fmt: skip
    monkeypatch.setenv(VARIABLE, PASSWORD)
    compare(empty_map, written(tmp_path / "s.csv", rows), address(server.url("reader")), RECIPES[recipe])


@pytest.mark.slow
@pytest.mark.parametrize("fill", ["postgresql", "spark"])
def test_a_real_recipe_gives_the_same_counts(shared, empty_map, request, monkeypatch, fill):
    import csv

    from msgspec.structs import replace

    from journeymap.data import peek

    recipe = read_recipe(Path(__file__).parents[2] / "recipes" / "telco.toml")
    file = next((shared / "data").glob("ibm_telco_churn/*Telco*.csv"))
    sample = peek(file, recipe.source)
    with file.open(encoding="utf-8-sig", newline="") as source:
        header, *rows = csv.reader(source)
    assert tuple(header) == sample.columns
    if fill == "postgresql":
        server = request.getfixturevalue("server")
        monkeypatch.setenv(VARIABLE, PASSWORD)
        in_postgresql(server, "real", header, rows)
        database = address(server.url())
    else:
        request.getfixturevalue("spark").createDataFrame(rows, header).createOrReplaceTempView("real")
        database = address("spark://local")
    there = prepare(empty_map, [database], replace(recipe, source=replace(recipe.source, table="real")))
    same(prepare(empty_map, [file], recipe), there)


@pytest.mark.slow
def test_only_counts_and_texts_leave_the_server(tmp_path, empty_map, server, monkeypatch):
    rows = table(5, 500)
    in_postgresql(server, "visits", NAMES, rows)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    from journeymap.data.databases import relational

    heard: list[object] = []
    ask = relational.Relational.ask

    def told(self, sql):
        names, found = ask(self, sql)
        heard.append((names, found))
        return names, found

    monkeypatch.setattr(relational.Relational, "ask", told)
    recipe = Recipe.from_toml(said_in(WHOLE, table="visits"))
    prepare(empty_map, [address(server.url())], recipe)
    looked = [found for names, found in heard if len(names) >= len(NAMES) and len(found) > 1 and "mail" in str(names)]
    mails = sum("@example.org" in str(found) for _names, found in heard)
    assert len(looked) == 1, "the first rows tell the types of columns"
    assert mails <= 2, "personal texts are seen in the first rows, and never again"


@pytest.fixture(scope="module")
def spark():
    session = pytest.importorskip("pyspark.sql").SparkSession
    made = (
        session.builder.master("local[2]").appName("Journeymap tests").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    )  # fmt: skip
    yield made
    made.stop()


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES)
def test_spark_counts_the_same(tmp_path, empty_map, spark, recipe):
    rows = table(4, 1000)
    spark.createDataFrame(rows, list(NAMES)).createOrReplaceTempView("visits")
    compare(empty_map, written(tmp_path / "s.csv", rows), address("spark://local"), RECIPES[recipe])
    assert json.dumps(spark.conf.get("spark.sql.session.timeZone")) == '"UTC"'
