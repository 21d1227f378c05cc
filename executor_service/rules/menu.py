"""What the person can ask, with examples from the registry in the person's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from executor_service.registry.registry import Registry
from shared.contracts.base import Language
from shared.contracts.tools import ASKED_MOST, ToolSpec
from shared.texts import Texts

MAX_EXAMPLES = 6
KEPT_MENUS = 64


class Menu:
    """The menu's text; made once per registry version, language and groups."""

    def __init__(self, registry: Callable[[], Registry], texts: Texts) -> None:
        self._registry = registry
        self._texts = texts
        self._made = lru_cache(KEPT_MENUS)(self._make)

    def text(self, language: Language, groups: tuple[str, ...]) -> str:
        return self._made(self._registry().etag, language, groups)

    def _make(self, _etag: str, language: Language, groups: tuple[str, ...]) -> str:
        examples: dict[str, str] = {}
        for spec in sorted(self._registry().tools, key=_place):
            said = spec.examples.get(language)
            if said and (not spec.groups or set(spec.groups) & set(groups)):
                examples.setdefault(spec.name.split(".", 1)[0], said[min(1, len(said) - 1)])
        lines = "\n".join(f"• {example}" for example in list(examples.values())[:MAX_EXAMPLES])
        return self._texts.say(language, "menu", examples=lines)


def _place(spec: ToolSpec) -> int:
    """Where its example stands: what most people ask about comes first. The first example of a tool is but its name."""
    return ASKED_MOST.index(spec.name) if spec.name in ASKED_MOST else len(ASKED_MOST)
