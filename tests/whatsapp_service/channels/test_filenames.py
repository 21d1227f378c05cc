from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_service.channels.clusters import utf16_units
from whatsapp_service.channels.filenames import display_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Factura ñandú 2043.pdf", "Factura ñandú 2043.pdf"),
        ("../../etc/x.pdf", "x.pdf"),
        ("C:\\temp\\x.pdf", "x.pdf"),
        ("..", "…"),
        ("", "…"),
        ("a\x00b\nc.pdf", "ab c.pdf"),
        ("fdp\u202efdp.exe", "fdpfdp.exe"),
    ],
)
def test_name_shown(name: str, shown: str) -> None:
    assert display_name(name) == shown


@given(st.text())
def test_name_shown_is_never_a_path(name: str) -> None:
    shown = display_name(name)
    assert shown
    assert "/" not in shown
    assert shown not in (".", "..")


def test_long_name_keeps_its_ending() -> None:
    shown = display_name("á" * 500 + ".xlsx")
    assert shown.endswith("….xlsx")
    assert utf16_units(shown) <= 240
