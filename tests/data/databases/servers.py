"""Real servers, started by the tests themselves and gone with them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec import Struct

PASSWORD = "zitronen/falter:17%@"


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    if there is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    return Path(there).resolve().parent


class Server(Struct, frozen=True):
    """A PostgreSQL of one's own, on a unix socket in `folder`."""

    folder: Path
    programs: Path

    def url(self, user: str = "owner", database: str = "crm") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}/s"

    def run(self, *command: str, check: bool = True, text: str = "") -> subprocess.CompletedProcess[str]:
        around = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PGPASSWORD": PASSWORD, "PGCLIENTENCODING": "UTF8"}
        return subprocess.run(
            [*_as_nobody_special(), *command], cwd=self.folder, env=around, input=text, capture_output=True, text=True,
            check=check, timeout=120,
        )  # fmt: skip

    def sql(self, text: str, user: str = "owner", database: str = "crm") -> str:
        program = [str(self.programs / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        done = self.run(*program, "-h", f"{self.folder}/s", "-U", user, "-d", database, text=text, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _as_nobody_special() -> list[str]:
    """PostgreSQL does not run as root."""
    if os.geteuid():
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def postgresql() -> Iterator[Server]:
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="jmpg-"))
    server = Server(folder, programs)
    try:
        if not os.geteuid():
            try:
                person = pwd.getpwnam("postgres")
            except KeyError:
                pytest.skip("there is no user “postgres” to run the server as")
            os.chown(folder, person.pw_uid, person.pw_gid)
        server.run("sh", "-c", f"umask 077; mkdir s; cat > pw; {programs}/initdb -D data -U owner --pwfile=pw -A scram-sha-256 "
                   "-E UTF8 --locale=C.UTF-8 --no-sync; rm pw", text=PASSWORD)  # fmt: skip
        server.run(
            f"{programs}/pg_ctl", "-D", "data", "-w", "-l", "log", "-o",
            f"-c listen_addresses= -c unix_socket_directories={folder}/s -c fsync=off -c log_statement=all", "start",
        )  # fmt: skip
        server.sql("CREATE DATABASE crm", database="postgres")
        yield server
    finally:
        server.run(f"{programs}/pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop", check=False)
        for _turn in range(20):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(0.1)
