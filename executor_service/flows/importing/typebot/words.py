"""Typebot's variables and texts in our language: `{{Name}}` is `{{ session.name }}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from executor_service.flows.importing.naming import literal, quoted, slugs
from executor_service.flows.importing.typebot.file import Variable

_VARIABLE = re.compile(r"\{\{([^{}]+)\}\}")
_CODE_OPENS, _CODE_ENDS = "{{=", "=}}"
_CALCULATION = re.compile(r"^[\s\d.+\-*/%()]*$")
_STRING = re.compile(r"""^(["'`])([^"'`\\$]*)\1$""")
_CODE_SIGN = re.compile(
    r"\breturn\b|=>|\bnew \w|\bMath\.|\w\(|\?[^?]*:|[=!]==?|\.\w+\(|^\s*[\[{`]|`\s*$|[\"'`)]\s*[+*/]|[+*/]\s*[\"'`]"
)
_BROWSER = re.compile(r"\b(?:window|document|location|localStorage|navigator|fetch|setTimeout|gtag|fbq|parent)\b")


@dataclass(frozen=True)
class Words:
    """The file's variables by id and by name; values are our names without the scope."""

    by_id: Mapping[str, str]
    by_name: Mapping[str, str]

    @classmethod
    def of(cls, variables: Sequence[Variable]) -> Words:
        names = slugs(one.name for one in variables)
        return cls(
            by_id={one.id: name for one, name in zip(variables, names, strict=True)},
            by_name={one.name: name for one, name in zip(variables, names, strict=True)},
        )

    def variable(self, variable_id: object) -> str:
        """`session.name`, or nothing for an id that the file does not explain."""
        name = self.by_id.get(variable_id) if isinstance(variable_id, str) else None
        return f"session.{name}" if name else ""

    def text(self, text: str) -> str:
        """A template of ours; variables that the file does not know are left out, as Typebot does."""
        pieces, place = [], 0
        plain = _without_code(text)
        for match in _VARIABLE.finditer(plain):
            pieces.append(literal(plain[place : match.start()]))
            path = self._path(match[1])
            pieces.append(f"{{{{ {path} }}}}" if path else "")
            place = match.end()
        return "".join([*pieces, literal(plain[place:])])

    def expression(self, text: str) -> str:
        """The same text as one expression: constants and variables joined."""
        pieces, place = [], 0
        for match in _VARIABLE.finditer(text):
            if match.start() > place:
                pieces.append(quoted(text[place : match.start()]))
            pieces.append(self._path(match[1]) or "''")
            place = match.end()
        if place < len(text) or not pieces:
            pieces.append(quoted(text[place:]))
        return " ~ ".join(pieces)

    def calculation(self, text: str) -> str | None:
        """An expression for a number, a variable or a calculation with them; None for anything else."""
        stripped = text.strip()
        rest = _VARIABLE.sub("0", stripped)
        if not stripped or not _CALCULATION.match(rest) or not any(sign.isdigit() for sign in rest):
            return None
        alone = bool(_VARIABLE.fullmatch(stripped))
        return _VARIABLE.sub(lambda match: self._number(match[1], alone=alone), stripped)

    def script(self, text: str) -> tuple[str, dict[str, str]]:
        """A body for a script node and its arguments: variables are `args.name`."""
        used: dict[str, str] = {}

        def name_of(match: re.Match[str]) -> str:
            path = self._path(match[1])
            if not path:
                return "undefined"
            name = path.partition(".")[2]
            used[name] = path
            return f"args.{name}"

        body = _VARIABLE.sub(name_of, text.strip())
        return (body if re.search(r"\breturn\b", body) else f"return {body}"), used

    def used_in_code(self, text: str) -> bool:
        return _without_code(text) != text

    def _number(self, name: str, *, alone: bool) -> str:
        path = self._path(name)
        if not path:
            return "0"
        return path if alone else f"({path} or 0)"

    def _path(self, name: str) -> str:
        known = self.by_name.get(name) or self.by_name.get(name.strip())
        return f"session.{known}" if known else ""


def _without_code(text: str) -> str:
    """In one pass, however often code opens and never ends."""
    kept, place = [], 0
    while (opens := text.find(_CODE_OPENS, place)) >= 0:
        ends = text.find(_CODE_ENDS, opens + len(_CODE_OPENS))
        if ends < 0:
            break
        kept.append(text[place:opens])
        place = ends + len(_CODE_ENDS)
    return "".join([*kept, text[place:]])


def constant(text: str) -> str | None:
    """The text inside of quotes, where the whole expression is one."""
    match = _STRING.match(text.strip())
    return match[2] if match else None


def is_code(text: str) -> bool:
    """Whether a value is a script rather than a text; Typebot tries both."""
    return bool(_CODE_SIGN.search(text)) and "://" not in text


def wants_a_browser(script: str) -> bool:
    return bool(_BROWSER.search(script))
