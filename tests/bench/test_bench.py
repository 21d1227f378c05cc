"""The whole benchmark, small: nothing lost, doubled or out of order. Speed is not judged here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench import history

ROOT = Path(__file__).parents[2]
AT_MOST_SECONDS = 280


@pytest.mark.slow
@pytest.mark.serial
def test_recado_answers_everything_once_and_in_order() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=AT_MOST_SECONDS,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    turns = [line for line in done.stdout.splitlines() if "| Recado |" in line]
    assert len([line for line in turns if line.endswith("| 0 / 0 / 0 |")]) == 4
    assert len([line for line in turns if line.endswith("| 0 | 0 | 0 |")]) == 2


def test_history_keeps_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "BENCHMARKS.md"
    history.append("## first\n", file)
    history.append("## second\n", file)
    assert file.read_text(encoding="utf-8") == "# Benchmarks\n\n## first\n\n## second\n"
