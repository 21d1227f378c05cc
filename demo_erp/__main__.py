"""Runs the stand-in alone: `python -m demo_erp --port 8600 --data DIR`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from werkzeug.serving import run_simple

from demo_erp.app import create_app
from demo_erp.people import people


def main(arguments: list[str]) -> None:
    """Serves until it is stopped; says on start who may sign in and how."""
    parser = argparse.ArgumentParser(prog="demo_erp")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8600)
    parser.add_argument("--data", type=Path, default=Path(".recado/demo_erp"))
    options = parser.parse_args(arguments)
    app = create_app(options.data / "demo.sqlite3")
    for person in people():
        sys.stdout.write(f"{person.user}: token {person.api_key}:{person.api_secret}\n")
    sys.stdout.flush()
    run_simple(options.host, options.port, app, threaded=True)


if __name__ == "__main__":
    main(sys.argv[1:])
