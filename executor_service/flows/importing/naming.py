"""Names of variables and ids of options, made from what people called them; and texts that stay texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shared.language.folding import fold

MAX_CHARS = 40
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")
_OPENERS = re.compile(r"\{(?=[{%#]|\Z)")


def slug(text: str, otherwise: str = "value") -> str:
    """A name that expressions can use: `Número de pedido` is `numero_de_pedido`."""
    made = _NOT_A_NAME.sub("_", fold(text)).strip("_")[:MAX_CHARS].rstrip("_")
    if not made:
        return otherwise
    return made if made[0].isalpha() else f"{otherwise}_{made}"[:MAX_CHARS]


def slugs(texts: Iterable[str], otherwise: str = "value", taken: Iterable[str] = ()) -> list[str]:
    """One name for each text, none twice and none of those that are taken."""
    made: list[str] = []
    taken = set(taken)
    for text in texts:
        name = first = slug(text, otherwise)
        number = 2
        while name in taken:
            name, number = f"{first[: MAX_CHARS - 4]}_{number}", number + 1
        taken.add(name)
        made.append(name)
    return made


def literal(text: str) -> str:
    """Foreign text as it is: what would open an expression of ours, or might with what comes behind, is written out."""
    return _OPENERS.sub("{{ '{' }}", text)


def quoted(text: str) -> str:
    """A text as a constant of an expression."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "")
    return f"'{escaped}'"
