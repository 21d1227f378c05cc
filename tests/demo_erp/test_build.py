"""The data is made from the text of a MariaDB dump."""

from __future__ import annotations

import lzma
import sqlite3
from pathlib import Path

import pytest

from demo_erp.build_meta import describe
from demo_erp.dump import Table, parse_dump

DUMP = r"""
CREATE TABLE `tabNote` (
  `name` varchar(140) NOT NULL,
  `creation` datetime(6) DEFAULT NULL,
  `amount` decimal(21,9) NOT NULL DEFAULT 0.000000000,
  `docstatus` int(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB;
INSERT INTO `tabNote` VALUES
('it''s \"one\", (two)','2025-12-06 13:34:53.000000',-1.500000000,0),
('a\nb\\c','2026-11-20 18:39:30.370367',0.000000000,1),
('O\'Higgins',NULL,12.000000000,2);
"""


def notes() -> Table:
    """The only table of the dump above."""
    (table,) = parse_dump(iter(DUMP.splitlines(keepends=True)))
    return table


def test_dump_gives_columns_with_types_in_order() -> None:
    assert list(notes().columns.items()) == [
        ("name", "varchar(140"),
        ("creation", "datetime(6"),
        ("amount", "decimal(21"),
        ("docstatus", "int(1"),
    ]


def test_dump_gives_rows_with_escapes_undone_and_whole_seconds_without_fraction() -> None:
    assert notes().rows == [
        ('it\'s "one", (two)', "2025-12-06 13:34:53", -1.5, 0),
        ("a\nb\\c", "2026-11-20 18:39:30.370367", 0.0, 1),
        ("O'Higgins", None, 12.0, 2),
    ]


def test_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="3 cells for 4 columns"):
        parse_dump(iter(DUMP.replace(",NULL,", ",").splitlines(keepends=True)))


def test_doctype_without_description_is_readable_by_all() -> None:
    described = describe([notes()], [], [])["doctypes"]["Note"]
    assert described["permissions"] is None
    assert [field["fieldtype"] for field in described["fields"]] == ["Float"]


def test_shipped_data_is_small_and_whole(tmp_path: Path) -> None:
    packed = Path(__file__).parents[2] / "demo_erp" / "data" / "demo.sqlite.xz"
    assert packed.stat().st_size < 1_500_000
    (tmp_path / "demo.sqlite3").write_bytes(lzma.decompress(packed.read_bytes()))
    connection = sqlite3.connect(tmp_path / "demo.sqlite3")
    states = dict(connection.execute("SELECT docstatus, count(*) FROM `tabSales Invoice` GROUP BY 1").fetchall())
    connection.close()
    assert states == {0: 7, 1: 387, 2: 10}
