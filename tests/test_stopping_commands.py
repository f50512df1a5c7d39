"""A command that is asked to stop while it imports something stops, and leaves no lock behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = """
import os, signal, time
os.kill(os.getpid(), signal.{name})
time.sleep(0.2)
whole = True
"""

COMMAND = """
import sys, threading, time
from journeymap import cli
from journeymap.cli import stopping

def run(_arguments):
    import slow
    print("imported whole", slow.whole, flush=True)
    {then}

def elsewhere():
    import wave
    print("imports go on", flush=True)

class Arguments:
    run = staticmethod(run)

class Parser:
    def parse_args(self, _argv):
        return Arguments

cli.parser = Parser
code = cli.main([])
thread = threading.Thread(target=elsewhere, daemon=True)
thread.start()
thread.join(5)
time.sleep(0.1)
print("code", code, flush=True)
"""


QUERY = """
import os, signal, sys, threading
import duckdb
from journeymap import cli
from journeymap.failure import Failure

def run(_arguments):
    threading.Timer(0.5, os.kill, (os.getpid(), signal.{name})).start()
    try:
        duckdb.connect(config={{"threads": 1}}).execute("SELECT sum(hash(range)) FROM range(2000000000000)")
    except Exception as error:
        print("became", type(error).__name__, flush=True)
        {then}

class Arguments:
    run = staticmethod(run)

class Parser:
    def parse_args(self, _argv):
        return Arguments

cli.parser = Parser
sys.exit(cli.main([]))
"""


def said(folder: Path, name: str, then: str) -> subprocess.CompletedProcess[str]:
    (folder / "slow.py").write_text(SLOW.format(name=name), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), "LANGUAGE": "en"}
    return ran(COMMAND.format(then=then), folder, environment)


def ran(code: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_import_is_ended_before_the_command_is(tmp_path: Path, name: str) -> None:
    done = said(tmp_path, name, "time.sleep(20)")
    assert done.stdout.splitlines() == ["imported whole True", "imports go on", "code 1"], done.stderr
    assert done.stderr == "Stopped. The map is as it was.\n"


def test_a_command_that_had_ended_before_is_not_stopped_afterwards(tmp_path: Path) -> None:
    done = said(tmp_path, "SIGINT", "return 0")
    assert done.stdout.splitlines() == ["imported whole True", "imports go on", "code 0"], done.stderr
    assert not done.stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("then", ["raise", "raise Failure('This file cannot be read.') from None"])
def test_a_stop_that_a_library_makes_an_error_of_is_a_stop(tmp_path: Path, name: str, then: str) -> None:
    done = ran(QUERY.format(name=name, then=then), tmp_path, {**os.environ, "LANGUAGE": "en"})
    assert done.stdout == "became RuntimeError\n"
    assert (done.stderr, done.returncode) == ("Stopped. The map is as it was.\n", 1)


EARLY = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # not inherited: a shell ignores it for what runs in the background

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "journeymap.cli.importing":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
sys.argv = ["journeymap", "check", "a.journey"]
from journeymap.__main__ import main
sys.exit(main())
"""


def test_a_command_that_is_stopped_while_it_is_loaded_says_so_in_a_sentence(tmp_path: Path) -> None:
    done = ran(EARLY, tmp_path, {**os.environ, "LANGUAGE": "en"})
    assert (done.stdout, done.stderr, done.returncode) == ("", "Stopped. The map is as it was.\n", 1)
