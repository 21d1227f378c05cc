"""RapidPro's formulas, `@(upper(contact.name) & "!")`, as expressions of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from executor_service.flows.importing.naming import quoted
from executor_service.flows.importing.rapidpro.functions import FUNCTIONS
from executor_service.flows.importing.rapidpro.paths import path_of

MAX_TOKENS = 300
MAX_DEPTH = 20
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"(?:[^"\\]|\\.|"")*")|(?P<name>[A-Za-z_][\w.]*)|(?P<sign><>|!=|<=|>=|[-+*/^&=<>(),\[\]]))"""
)
_PATH = re.compile(r"^(?:contact|session|local|global)(?:\.\w+)+$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
INFIX: Sequence[Mapping[str, str]] = (
    {"=": "==", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="},
    {"&": "~"},
    {"+": "+", "-": "-"},
    {"*": "*", "/": "/"},
    {"^": "**"},
)
"""From the loosest to the tightest."""
CALCULATING = frozenset({"+", "-", "*", "/", "**", "<", "<=", ">", ">="})
CONSTANTS = {"true": "true", "false": "false", "null": "none"}


class NotTranslated(Exception):
    """The message is what could not be."""


def translated(formula: str) -> str:
    """One expression of ours; raises NotTranslated."""
    reader = _Reader(_tokens(formula))
    made = reader.infix(0, 0)
    if reader.rest():
        raise NotTranslated(formula)
    return made


def _tokens(formula: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while formula[place:].strip():
        match = _TOKEN.match(formula, place)
        if match is None or len(found) >= MAX_TOKENS:
            raise NotTranslated(formula)
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        place = match.end()
    return found


class _Reader:
    """Reads from left to right; one method for each kind of thing that may stand somewhere."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0

    def rest(self) -> bool:
        return self._place < len(self._tokens)

    def infix(self, level: int, depth: int) -> str:
        """Operators of one level, the tighter ones below."""
        if depth > MAX_DEPTH:
            raise NotTranslated("…")
        if level == len(INFIX):
            return self._operand(depth)
        made = self.infix(level + 1, depth)
        while self._sees(*INFIX[level]):
            sign = INFIX[level][self._take()[1]]
            made = _joined(made, sign, self.infix(level + 1, depth))
        return made

    def _operand(self, depth: int) -> str:
        kind, word = self._take()
        if kind == "number":
            return word
        if kind == "text":
            return quoted(word[1:-1].replace('""', '"').replace('\\"', '"').replace("\\n", "\n"))
        if kind == "name":
            return self._call(word, depth) if self._sees("(") else self._indexed(_named(word), depth)
        if word == "-":
            return f"(-{self._operand(depth + 1)})"
        if word == "(":
            made = self.infix(0, depth + 1)
            self._expect(")")
            return f"({made})"
        raise NotTranslated(word)

    def _call(self, name: str, depth: int) -> str:
        known = FUNCTIONS.get(name.lower())
        self._expect("(")
        given = []
        while not self._sees(")"):
            given.append(self.infix(0, depth + 1))
            if not self._sees(")"):
                self._expect(",")
        self._expect(")")
        if known is None or len(given) < known[0]:
            raise NotTranslated(f"{name}()")
        return self._indexed(known[1](given), depth)

    def _indexed(self, made: str, depth: int) -> str:
        while self._sees("["):
            self._expect("[")
            made = f"{made}[{self.infix(0, depth + 1)}]"
            self._expect("]")
        return made

    def _sees(self, *words: str) -> bool:
        return self.rest() and self._tokens[self._place][0] == "sign" and self._tokens[self._place][1] in words

    def _take(self) -> tuple[str, str]:
        if not self.rest():
            raise NotTranslated("…")
        self._place += 1
        return self._tokens[self._place - 1]

    def _expect(self, word: str) -> None:
        if not self._sees(word):
            raise NotTranslated(word)
        self._take()


def _joined(left: str, sign: str, right: str) -> str:
    """What was answered is a text there and here, and calculates as the number in it; what is missing is 0."""
    if sign in CALCULATING or (sign in ("==", "!=") and any(map(_NUMBER.match, (left, right)))):
        left, right = (f"(({one} or 0) | float)" if _PATH.match(one) else one for one in (left, right))
    return f"({left} {sign} {right})"


def _named(word: str) -> str:
    if word.lower() in CONSTANTS:
        return CONSTANTS[word.lower()]
    path = path_of([one for one in word.split(".") if one])
    if path is None:
        raise NotTranslated(word)
    return path
