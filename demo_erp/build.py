"""Makes the shipped data out of a MariaDB dump: `python -m demo_erp.build DUMP OUT --doctypes DIR --reports FILE`.

DUMP is the dump (plain or .gz), OUT the compressed SQLite database. DIR holds one description per
DocType as the API gives it, FILE the list of reports; their essence goes beside OUT as `meta.json.xz`. With
`--answers FOLDER` the recorded answers of the reports that are not computed go there as `recorded_reports.json.xz`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from demo_erp.build_extra import extra_tables, pending_order
from demo_erp.build_meta import describe
from demo_erp.dump import Table, parse_dump
from demo_erp.reports import all_reports

_INDEXED = (
    "parent",
    "voucher_no",
    "voucher_detail_no",
    "posting_date",
    "item_code",
    "party",
    "customer",
    "against_voucher_no",
    "so_detail",
)


def main(arguments: list[str]) -> None:
    """Runs the build with the arguments of a command line."""
    parser = argparse.ArgumentParser(prog="demo_erp.build")
    parser.add_argument("dump", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--doctypes", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--answers", type=Path)
    options = parser.parse_args(arguments)
    descriptions = [json.loads(path.read_text("utf-8")) for path in sorted(options.doctypes.glob("*.json"))]
    reports = json.loads(options.reports.read_text("utf-8"))
    build(options.dump, options.out, descriptions, reports)
    if options.answers is not None:
        write_recordings(options.answers, options.out.parent)


def write_recordings(answers: Path, folder: Path) -> None:
    """Packs what was recorded of the reports that are not computed."""
    computed = all_reports()
    recorded = [json.loads(path.read_text("utf-8")) for path in sorted(answers.glob("*.json"))]
    kept = [
        {
            "report": one["request"]["query"]["report_name"],
            "filters": one["request"]["query"]["filters"],
            "message": one["response"]["json"]["message"],
        }
        for one in recorded
        if one["request"]["query"]["report_name"] not in computed
    ]
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    (folder / "recorded_reports.json.xz").write_bytes(_compress(text.encode()))


def build(dump: Path, out: Path, descriptions: list[dict[str, object]], reports: list[dict[str, object]]) -> None:
    """Writes OUT and the metadata beside it."""
    tables = parse_dump(_lines(dump)) + extra_tables(reports)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.sqlite"
        _write_database(file, tables)
        out.write_bytes(_compress(file.read_bytes()))
    meta = describe(tables, descriptions, reports)
    text = json.dumps(meta, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (out.parent / "meta.json.xz").write_bytes(_compress(text.encode()))


def _lines(dump: Path) -> Iterator[str]:
    opener = gzip.open if dump.suffix == ".gz" else open
    with opener(dump, "rt", encoding="utf-8") as file:
        yield from file


def _write_database(file: Path, tables: list[Table]) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA page_size = 8192")
    for table in tables:
        columns = ", ".join(f'"{name}" {_affinity(kind)}' for name, kind in table.columns.items())
        connection.execute(f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ("name")) WITHOUT ROWID')
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(" ".join(["INSERT INTO", f'"{table.name}"', f"VALUES ({marks})"]), table.rows)
        for column in _INDEXED:
            if column in table.columns:
                connection.execute(f'CREATE INDEX "{table.name} {column}" ON "{table.name}" ("{column}")')
    pending_order(connection)
    connection.commit()
    connection.execute("VACUUM")
    connection.close()


def _affinity(kind: str) -> str:
    if kind.startswith("decimal"):
        return "REAL"
    return {"int": "INTEGER", "blob": "BLOB"}.get(kind.split("(")[0], "TEXT")


def _compress(content: bytes) -> bytes:
    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    main(sys.argv[1:])
