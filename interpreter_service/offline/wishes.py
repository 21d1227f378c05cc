"""Wishes to be sent something again and again, or to be told when a figure passes a limit.

"cada lunes a las 8 mándame las cuentas por cobrar" is a call to schedule, how often, and nothing else; the rest of the
sentence says which. "ventas de cada mes" is no wish: there the words say what the figures are about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from interpreter_service.offline.model import CallTool, Clarify, Decision, OutOfScope
from interpreter_service.offline.names import ARTICLES
from shared.contracts.base import Json, Language
from shared.language.amounts import find_amounts
from shared.language.folding import Folded, fold, fold_with_places
from shared.language.frequencies import find_frequency
from shared.language.period_source import one_of

SCHEDULE, ALERT = "schedule.create", "schedule.alert"

SEND = (
    "mandame", "mandarme", "me mandas", "enviame", "enviarme", "me envias", "pasame", "quiero recibir", "avisame",
    "recuerdame", "dime", "muestrame", "me manda", "me mande", "me envia", "me envie", "quero receber", "me avise",
    "me mostre", "me passa", "send me", "give me", "tell me", "show me", "remind me", "i want to get", "let me know",
)  # fmt: skip
TELL_WHEN = (
    "avisame cuando", "avisame si", "avisarme cuando", "avisarme si", "alertame cuando", "alertame si", "dime cuando",
    "me avisas cuando", "me avisas si", "me avise quando", "me avise se", "me avisa quando", "me avisa se",
    "me alerte quando", "me alerte se", "tell me when", "tell me if", "let me know when", "let me know if",
    "alert me when", "alert me if", "warn me when", "warn me if", "notify me when", "notify me if",
)  # fmt: skip
BELOW = (
    "baje de", "baja de", "bajen de", "caiga de", "caiga por debajo de", "este por debajo de", "esta por debajo de",
    "sea menor a", "sea menor que", "sea menos de", "haya menos de", "queden menos de", "quede menos de",
    "llegue a menos de", "baixar de", "ficar abaixo de", "cair abaixo de", "estiver abaixo de", "for menor que",
    "tiver menos de", "falls below", "falls under", "drops below", "drops under", "goes below", "goes under",
    "is below", "is under", "is less than", "gets below",
)  # fmt: skip
ABOVE = (
    "pase de", "pasen de", "supere los", "supere las", "supere", "suba de", "sea mayor a", "sea mayor que",
    "este por encima de", "sea mas de", "passar de", "ultrapassar", "ficar acima de", "estiver acima de",
    "for maior que", "goes above", "goes over", "is above", "is over", "is more than", "exceeds", "gets above",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """`what` is the question to be asked each time; `tool` and `arguments` what is called with it as `call`."""

    tool: str
    what: str
    arguments: Json


def find_wish(text: str, language: Language) -> Wish | None:
    """A wish for a schedule or an alert, in any text."""
    return _alert(text, language) or _schedule(text)


def planned(wish: Wish, decide: Callable[[str], Decision]) -> CallTool | None:
    """What the wish's question comes to, when that is one call that only reads."""
    decision = decide(wish.what)
    if wish.arguments.get("compared") == "below" and _is_only_named(wish.what, decision):
        decision = decide(f"stock {wish.what}")  # what runs low is what there is of it, not its price
    return decision if isinstance(decision, CallTool) and decision.tool.effect == "read" else None


def _is_only_named(what: str, decision: Decision) -> bool:
    """Whether the question is nothing but a name ("el cemento"), or means nothing by itself ("cement")."""
    if isinstance(decision, OutOfScope):
        return True
    words = [word for word in fold(what).split() if word not in ARTICLES]
    calls = decision.options if isinstance(decision, Clarify) else (decision,)
    return any(fold(str(value)).split() == words for one in calls for value in one.arguments.values())


def _schedule(text: str) -> Wish | None:
    found = find_frequency(text)
    if found is None:
        return None
    what = found.rest_of(text)
    if not found.frequency.says_time and not _says(SEND, what):
        return None
    said = " ".join(text[start:end] for start, end in found.spans)
    return Wish(SCHEDULE, what, {"when": said})


def _alert(text: str, language: Language) -> Wish | None:
    folded = fold_with_places(text)
    tell, passed = _any(TELL_WHEN).search(folded.text), _any((*BELOW, *ABOVE)).search(folded.text)
    if tell is None or passed is None or passed.start() < tell.end():
        return None
    limit = next((one for one in find_amounts(text, language) if one.start >= folded.span(*passed.span())[0]), None)
    if limit is None:
        return None
    what = _between(folded, tell.end(), passed.start())
    compared = "below" if passed[0] in BELOW else "above"
    arguments: Json = {"compared": compared, "limit": str(limit.value)}
    every = find_frequency(text)
    if every is not None:
        arguments["when"] = " ".join(text[start:end] for start, end in every.spans)
    return Wish(ALERT, what, arguments)


def _between(folded: Folded, start: int, end: int) -> str:
    return folded.written(start, end).strip(" ,.;:")


def _says(words: tuple[str, ...], text: str) -> bool:
    return _any(words).search(fold_with_places(text).text) is not None


@cache
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(words)}(?!\w)")
