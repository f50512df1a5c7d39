"""A question to a server can be stopped, there too; and nobody waits long for a server that does not answer."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import duckdb
import pytest
from servers import PASSWORD, Server, postgresql

from journeymap.data import Recipe, Source, peek, prepare
from journeymap.data.address import address
from journeymap.data.databases import relational
from journeymap.data.databases.connection import STATEMENT_SECONDS
from journeymap.data.databases.passwords import VARIABLE
from journeymap.data.watching import Stopped
from journeymap.failure import Failure

LONG = "SELECT pg_sleep(300)::text AS slept, 5 AS score"
"""Five minutes for its only row."""
RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ILIKE '%pg_sleep%' AND pid <> pg_backend_pid()"
SCORE = "[[measure]]\nkpi = 'csat'\ncolumn = 'score'\nscale = [1, 5]\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql() as made:
        yield made


def running(server: Server) -> int:
    return int(server.sql(RUNNING))


def until(met, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if met():
            return True
        time.sleep(0.05)
    return False


class Asking:
    """Something asked in a thread, to be stopped."""

    def __init__(self, ask) -> None:
        self._stop = threading.Event()
        self.outcome: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(ask,))
        self._thread.start()

    def _run(self, ask) -> None:
        try:
            ask(self._stop.is_set)
        except BaseException as error:  # noqa: BLE001  (looked at by the test)
            self.outcome.append(error)

    def stopped(self) -> float:
        """Seconds from the wish to stop until it has ended."""
        start = time.monotonic()
        self._stop.set()
        self._thread.join(30)
        assert not self._thread.is_alive()
        return time.monotonic() - start


@pytest.mark.slow
def test_the_first_look_at_a_long_query_is_stopped_on_the_server_too(server, monkeypatch):
    monkeypatch.setenv(VARIABLE, PASSWORD)
    asking = Asking(lambda stop: peek(address(server.url()), Source(query=LONG), stop))
    assert until(lambda: running(server) == 1)
    assert asking.stopped() < 5
    assert [type(one) for one in asking.outcome] == [Stopped]
    assert until(lambda: running(server) == 0)


@pytest.mark.slow
def test_counting_a_table_that_takes_long_is_stopped_on_the_server_too(server, monkeypatch, empty_map):
    """The rows are quick to look at, and slow to count: from the second thousand on each sleeps."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    server.sql("CREATE TABLE many AS SELECT n, n % 5 + 1 AS score FROM generate_series(1, 5000) AS n;"
               "CREATE VIEW slow AS SELECT CASE WHEN n > 1500 THEN (pg_sleep(0.2) IS NOT NULL)::int * score ELSE score END AS score FROM many")  # fmt: skip
    recipe = Recipe.from_toml(f"[source]\ntable = 'slow'\n{SCORE}")
    asking = Asking(lambda stop: prepare(empty_map, [address(server.url())], recipe, cancelled=stop))
    counting = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow%' AND pid <> pg_backend_pid() AND now() - query_start > interval '1 s'"
    assert until(lambda: int(server.sql(counting)) == 1)
    assert asking.stopped() < 5
    assert [type(one) for one in asking.outcome] == [Stopped]
    assert until(lambda: int(server.sql(counting)) == 0)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_interrupted_stops_its_question_on_the_server(server, tmp_path, number):
    path = tmp_path / "a.journey"
    command = [sys.executable, "-m", "journeymap"]
    subprocess.run([*command, "new", str(path)], check=True, capture_output=True)
    before = path.read_bytes()
    importing = subprocess.Popen(
        [*command, "import", str(path), server.url(), "--query", LONG],
        env={**os.environ, VARIABLE: PASSWORD}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert until(lambda: running(server) == 1)
    importing.send_signal(number)
    assert "Stopped. The map is as it was." in importing.communicate(timeout=20)[1]
    assert importing.returncode == 1
    assert until(lambda: running(server) == 0, seconds=5)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_question_that_takes_too_long_is_given_up_in_a_sentence(server, monkeypatch):
    monkeypatch.setenv(VARIABLE, PASSWORD)
    sent = [one.replace(f"'{STATEMENT_SECONDS}s'", "'1s'") for one in relational._AT_FIRST["postgresql"]]
    assert "SET LOCAL statement_timeout = '1s'" in sent
    monkeypatch.setitem(relational._AT_FIRST, "postgresql", tuple(sent))
    start = time.monotonic()
    with pytest.raises(Failure, match="cannot answer: canceling statement due to statement timeout"):
        peek(address(server.url()), Source(query=LONG))
    assert time.monotonic() - start < 10
    assert running(server) == 0


def test_a_query_of_a_database_in_a_file_is_stopped(tmp_path):
    """SQLite counts for hours to a number that nobody waits for."""
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE t (n INTEGER)")
        made.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(2000)])
    made.close()
    endless = "SELECT count(*) AS score FROM t AS a CROSS JOIN t AS b CROSS JOIN t AS c CROSS JOIN t AS d"
    peek(address(f"sqlite:///{path}"), Source(table="t"))  # libraries are loaded now
    asking = Asking(lambda stop: peek(address(f"sqlite:///{path}"), Source(query=endless), stop))
    time.sleep(1)
    assert asking.stopped() < 5
    assert [type(one) for one in asking.outcome] == [Stopped]


ENDLESS = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) AS score FROM n",
    "duckdb": "SELECT sum(hash(range)) AS score FROM range(2000000000000)",
}


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_command_that_is_interrupted_ends_its_query_of_a_database_in_a_file(tmp_path, kind, number):
    path, file = tmp_path / "a.journey", tmp_path / "a.db"
    connected = sqlite3.connect(file) if kind == "sqlite" else duckdb.connect(file)
    connected.execute("CREATE TABLE t (n INTEGER)")
    connected.commit()
    connected.close()
    command = [sys.executable, "-m", "journeymap"]
    subprocess.run([*command, "new", str(path)], check=True, capture_output=True)
    before = path.read_bytes()
    importing = subprocess.Popen(
        [*command, "import", str(path), f"{kind}:///{file}", "--query", ENDLESS[kind]],
        env={**os.environ, "LANGUAGE": "en"}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        time.sleep(2)
        assert importing.poll() is None
        importing.send_signal(number)
        assert importing.communicate(timeout=30)[1] == "Stopped. The map is as it was.\n"
    finally:
        importing.kill()
    assert importing.returncode == 1
    assert path.read_bytes() == before


def test_a_host_that_swallows_everything_is_given_up_soon_and_in_one_sentence(monkeypatch):
    """As behind a firewall: a listener whose queue is full takes no further connection, and refuses none."""
    monkeypatch.setattr("journeymap.data.databases.relational.CONNECT_SECONDS", 1)
    full = socket.socket()
    waiting = []
    try:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        for _each in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
            waiting.append(one)
        time.sleep(0.1)
        start = time.monotonic()
        with pytest.raises(Failure) as told:
            peek(address(f"postgresql://ana@127.0.0.1:{port}/crm"), Source(table="visits"))
        assert time.monotonic() - start < 10
        assert str(told.value) == f"127.0.0.1 does not answer on port {port}; check the host, the port and the network."
    finally:
        for one in (*waiting, full):
            one.close()
