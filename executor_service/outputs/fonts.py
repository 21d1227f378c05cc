"""What the font of our pictures can draw."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_MISSING = "\ufffd"


@cache
def dejavu_glyphs() -> frozenset[int]:
    """The code points in DejaVu Sans, which comes with matplotlib; it has no emoji and no East Asian characters."""
    # slow to import: left to the first picture
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())


def dejavu_file(name: str) -> Path:
    """The file of a DejaVu font, e.g. `DejaVuSans-Bold`."""
    from matplotlib import get_data_path

    return Path(get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"


def drawable(text: str) -> str:
    """The text with what the font cannot draw replaced."""
    known = dejavu_glyphs()
    return "".join(char if ord(char) in known else _MISSING for char in text)
