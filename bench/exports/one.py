"""One export in a process of its own, so that its memory is its own: `python -m bench.exports.one SPEC`."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from rustpy_xlsxwriter import write_worksheet

from executor_service.connectors.addresses import DatabaseAddress, SshAddress, Target
from executor_service.connectors.drivers import best_driver
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.site_database import SiteDatabase
from executor_service.connectors.tunnel import Tunnel
from executor_service.registry.semantic import Period
from executor_service.tools.ledger import export
from executor_service.tools.ledger_rows import FIELDS
from shared.clock import utc_now
from shared.contracts.base import Language
from shared.contracts.results import File

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
COMPANY = "Andina"
QUERY = f"SELECT {', '.join(FIELDS)} FROM `tabGL Entry` WHERE company = 'Andina' ORDER BY posting_date, name"
PAGE_BYTES = 1024
CURSORS = {"mysql+pymysql": "pymysql.cursors", "mysql+mysqldb": "MySQLdb.cursors"}


@dataclass
class Folder:
    """Files as the artifact store keeps them: copied to where they stay."""

    path: Path
    saved: list[Path] = field(default_factory=list)

    def save(self, data: BinaryIO, *, filename: str, media_type: str, caption: str = "") -> File:
        target = self.path / filename
        with target.open("wb") as file:
            shutil.copyfileobj(data, file, 1024 * 1024)
        self.saved.append(target)
        return File(artifact_id=filename, filename=filename, media_type=media_type, caption=caption)


@dataclass
class Context:
    """What the export's tool asks of its context."""

    database: SiteDatabase
    files: Folder
    erp: Any = None
    has_database: bool = True
    language: Language = "es"
    time_zone: str = "America/Lima"
    today: date = date(2026, 11, 20)
    company: str = COMPANY
    currency: str = "PEN"

    def now(self) -> datetime:
        return utc_now()

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        """Nobody looks."""


def main(spec: Mapping[str, Any]) -> dict[str, float]:
    """Seconds, the memory of the whole process and what the export added to it, and the file's size, in MB."""
    jobs: dict[str, Callable[[Mapping[str, Any], Path], None]] = {
        "plain_xlsx": _plain,
        "xlsx": lambda spec, folder: _export(spec, folder, "xlsx"),
        "csv": lambda spec, folder: _export(spec, folder, "csv"),
        "read": _read,
    }
    folder = Path(spec["folder"]) / spec["job"]
    folder.mkdir(exist_ok=True)
    before = _memory("VmRSS")
    began, used = time.perf_counter(), time.process_time()
    jobs[spec["job"]](spec, folder)
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - used
    size = sum(one.stat().st_size for one in folder.iterdir())
    shutil.rmtree(folder)
    return {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_mb": _memory("VmHWM"),
        "grown_mb": _memory("VmHWM") - before,
        "file_mb": size / 1e6,
        "fast": float(best_driver().dialect == "mysql+mysqldb"),
    }


def _plain(spec: Mapping[str, Any], folder: Path) -> None:
    """What anybody would write first with the same driver and writer."""
    address, driver = DatabaseAddress(**spec["database"]), best_driver()
    connection = driver.connect(Target(address.host, address.port), address, 900)
    with connection.cursor(import_module(CURSORS[driver.dialect]).SSCursor) as cursor:
        cursor.execute(QUERY)
        names = [column[0] for column in cursor.description]
        write_worksheet((dict(zip(names, row, strict=True)) for row in cursor), str(folder / "plain.xlsx"))
    connection.close()


def _export(spec: Mapping[str, Any], folder: Path, kind: Any) -> None:
    database = _database(spec)
    export(Context(database, Folder(folder)), YEAR, format=kind)
    database.close()


def _read(spec: Mapping[str, Any], _folder: Path) -> None:
    database = _database(spec)
    with database.reading() as reading, reading.stream(QUERY) as stream:
        for _row in stream:
            pass
    database.close()


def _database(spec: Mapping[str, Any]) -> SiteDatabase:
    address = DatabaseAddress(**spec["database"])
    way = Tunnel(SshAddress(**spec["ssh"]), Target(address.host, address.port)) if spec["ssh"] else None
    return SiteDatabase(MariaDb(address, route=way))


def _memory(name: str) -> float:
    """MB from /proc: `VmRSS` now, `VmHWM` the most since this program began, whatever its parent held."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith(name))
    return int(line.split()[1]) * PAGE_BYTES / 1e6


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
