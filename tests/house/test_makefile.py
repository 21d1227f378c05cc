"""The Makefile notices what the machine has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.services.required import missing

ROOT = Path(__file__).parents[2]
SAYS = 'Object.defineProperty(process, "versions", {value: {node: "VERSION"}}); eval(process.argv[1])'
"""Runs the code it is given as a Node of another version."""


@pytest.mark.parametrize(("version", "is_built"), [("18.20.0", False), ("20.20.2", True), ("24.1.0", True)])
def test_page_is_built_where_node_is_new_enough(tmp_path: Path, version: str, is_built: bool) -> None:
    node, make = shutil.which("node"), shutil.which("make")
    if node is None or make is None:
        missing("Node or make is not installed")
    said_to_be = tmp_path / "node"
    said_to_be.write_text(f"#!/bin/sh\nexec '{node}' -e '{SAYS.replace('VERSION', version)}' \"$2\"\n")
    said_to_be.chmod(0o755)

    planned = subprocess.run(
        [make, "-n", "page"],
        cwd=ROOT,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert ("Without the console page" not in planned.stdout) is is_built
