"""What the font of our pictures can draw."""

from __future__ import annotations

from functools import cache


@cache
def dejavu_glyphs() -> frozenset[int]:
    """The code points in DejaVu Sans, which comes with matplotlib; it has no emoji and no East Asian characters."""
    # slow to import: left to the first picture
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())
