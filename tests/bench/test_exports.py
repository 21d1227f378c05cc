"""The benchmark of exports, small: every way gives its figures. Speed is not judged here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT_MOST_SECONDS = 110


@pytest.mark.slow
@pytest.mark.serial
@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
def test_every_way_of_the_export_is_measured() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.exports", "--rows", "3000", "--quick"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=AT_MOST_SECONDS,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("| Recado, XLSX, ") == 3
    assert done.stdout.count("| rows only, ") == 3
    assert "`sales.register`" in done.stdout
