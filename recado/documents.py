"""The OpenAPI documents of the three services, written as files: what the console's types are made from."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from werkzeug.test import Client

from recado.services import PREFIXES, Services
from recado.start import prepare
from shared.settings import Settings


def write_documents(folder: Path) -> None:
    """Writes `<service>.json` for each service, the same for the same code."""
    with tempfile.TemporaryDirectory() as home:
        services = Services(prepare(Settings.from_env({"RECADO_HOME": home})))
        client = Client(services.wsgi)
        for name, prefix in PREFIXES.items():
            document = client.get(f"{prefix}/openapi.json").get_json()
            (folder / f"{name}.json").write_text(json.dumps(document, sort_keys=True))
        services.database.close()


if __name__ == "__main__":
    write_documents(Path(sys.argv[1]))
