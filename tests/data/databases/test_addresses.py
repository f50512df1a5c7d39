"""Where a database is, what of it is read, and what is said when that cannot be."""

from __future__ import annotations

import socket
import threading

import pytest

from journeymap.data import Recipe, Source, peek, prepare
from journeymap.data.address import address, apart, located
from journeymap.data.databases.connecting import connect
from journeymap.data.databases.relation import check_source, relation
from journeymap.failure import Failure

URLS = [
    "postgresql://ana@db.example:5433/crm?sslmode=require",
    "postgresql://ana@/crm?host=/run/postgresql",
    "mysql://ana@db.example/crm",
    "trino://ana@db.example:443/hive/crm",
    "snowflake://ana@acme-eu1/crm/public?warehouse=small",
    "bigquery://My-Project/crm",
    "spark://local",
    "sqlite:////srv/data/visits.db",
    "duckdb:///visits.duckdb",
]


@pytest.mark.parametrize("url", URLS)
def test_an_address_is_written_as_it_was_read(url):
    assert address(url).url == url
    assert address(address(url).url) == address(url)


def test_paths_are_no_addresses(tmp_path):
    assert located(str(tmp_path / "a.csv")) == tmp_path / "a.csv"
    assert located("postgres://ana@db/crm") == address("postgresql+psycopg2://ana@db/crm")


@pytest.mark.parametrize(
    "url",
    ["postgresql://ana:hush-hush@db/crm", "mysql://ana@db/crm?password=hush-hush", "trino://a@b/c?access_token=hush-hush",
     "snowflake://a@b/c?private_key=hush-hush", "oracle://ana:hush-hush@db/crm", "postgresql://ana:hush-hush@db:port/crm"],
)  # fmt: skip
def test_a_password_in_an_address_is_refused_and_not_repeated(url):
    with pytest.raises(Failure) as refused:
        address(url)
    assert "hush" not in str(refused.value)


def test_a_pasted_password_is_told_apart():
    found, password = apart("postgresql://ana:p%40ss:w@db/crm")
    assert (found.url, password) == ("postgresql://ana@db/crm", "p@ss:w")
    assert "p@ss" not in repr(found.knowing(password))
    assert "p@ss" not in str(found.knowing(password).secret)


@pytest.mark.parametrize(
    "query",
    ["delete from visits", "drop table visits", "select 1; select 2", "insert into a select * from b", "with x as (delete from v returning *) select * from x",
     "create table a as select 1", "select * into a from b", "select * from visits for update", "copy visits to '/tmp/x'",
     "set role admin", "call f()", "", "no sql at all )("],
)  # fmt: skip
@pytest.mark.parametrize("dialect", ["postgres", "duckdb", "sqlite", "pyspark"])
def test_only_one_select_is_sent(query, dialect):
    with pytest.raises(Failure):
        relation(Source(query=query), dialect)


@pytest.mark.parametrize("name", ["a; drop table b", "(select 1)", "", "f(x)", "a b c"])
def test_a_table_is_a_name(name):
    def read() -> None:
        check_source(Source(table=name))
        relation(Source(table=name), "postgres")

    with pytest.raises(Failure):
        read()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source(), "what to read"),
        (Source(table="a", query="select 1"), "only one"),
        (Source(table="a", delimiter=";"), "“delimiter”"),
        (Source(table="a", sheet="x"), "“sheet”"),
    ],
)
def test_a_recipe_has_to_say_what_is_read(source, said):
    with pytest.raises(Failure, match=said):
        peek(address("sqlite:///nothing.db"), source)


def test_a_recipe_for_a_table_is_not_for_a_file(write):
    with pytest.raises(Failure, match="database"):
        peek(write("a,b\n1,2\n"), Source(table="crm.visits"))


def test_a_file_beside_a_database_is_refused(write, empty_map, tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "a.db") as made:
        made.execute("CREATE TABLE t (score INTEGER)")
        made.executemany("INSERT INTO t VALUES (?)", [(1,), (5,), (3,)])
    made.close()
    recipe = Recipe.from_toml("[source]\ntable = 't'\n[[measure]]\nkpi = 'csat'\ncolumn = 'score'\nscale = [1, 5]\n")
    base = address(f"sqlite:///{tmp_path}/a.db")
    assert prepare(empty_map, [base], recipe).measures[0].n == 3
    with pytest.raises(Failure, match=r"same|on its own"):
        prepare(empty_map, [base, base], recipe)


def test_a_host_that_is_not_there_and_one_that_refuses_are_plain_sentences():
    with pytest.raises(Failure, match="no host “nowhere"):
        connect(address("postgresql://ana@nowhere.invalid/crm"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Failure, match=f"on port {port}"):
        connect(address(f"mysql://ana@127.0.0.1:{port}/crm"))


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr("journeymap.data.databases.relational.CONNECT_SECONDS", 0.3)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        outcome: list[object] = []

        def ask() -> None:
            try:
                connect(address(f"postgresql://ana@127.0.0.1:{deaf.getsockname()[1]}/crm"))
            except Failure as failure:
                outcome.append(failure)

        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(20)
        assert outcome
        assert not asking.is_alive()
