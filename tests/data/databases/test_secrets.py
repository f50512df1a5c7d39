"""A password goes to the database and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from servers import PASSWORD, postgresql


@pytest.mark.slow
@pytest.mark.parametrize("given", ["", "wrong-" + PASSWORD, PASSWORD])
def test_a_password_is_in_no_file_output_or_error(tmp_path, given):
    with postgresql() as server:
        server.sql("CREATE TABLE t (score int); INSERT INTO t SELECT 1 + n % 5 FROM generate_series(1, 200) n")
        around = {**os.environ, "HOME": str(tmp_path), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
        around |= {"JOURNEYMAP_DATABASE_PASSWORD": given} if given else {}
        said = ""
        commands = (
            ["new", "m.journey"],
            ["import", "m.journey", server.url(), "--table", "t", "--save-recipe", "r.toml"],
            ["import", "m.journey", server.url(), "--table", "nothing", "--again", "--separate"],
            ["import", "m.journey", server.url(), "--query", "select 1 / 0 as score", "--again", "--separate"],
        )
        codes = []
        for command in commands:
            done = subprocess.run(
                [sys.executable, "-m", "journeymap", *command], cwd=tmp_path, env=around, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, check=False, timeout=120,
            )  # fmt: skip
            codes.append(done.returncode)
            said += done.stdout + done.stderr
        assert codes == [0, 0 if given == PASSWORD else 1, 1, 1], said
        assert "Traceback" not in said
        if given != PASSWORD:
            assert "password of owner" in said
        assert PASSWORD not in said
        files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        assert files
        assert not [one for one in files if PASSWORD.encode() in one or b"wrong-" in one]
        if given == PASSWORD:
            assert any(b"postgresql://owner@" in one for one in files)
