"""One or several of a list of options in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from executor_service.flows.answers.model import Answer, Refused, Taken
from executor_service.flows.matching import match_option, match_options
from executor_service.flows.session_model import WaitOption
from shared.language.folding import fold


def read_options(said: str, options: Sequence[WaitOption], *, multiple: bool = False) -> Answer:
    """The value of the option (a list of them with `multiple`): matched whole, else the only one in the sentence."""
    if multiple:
        chosen = match_options(said, options) or tuple(_inside(said, options))
        return Taken([one.value or one.title for one in chosen]) if chosen else Refused("options")
    one = match_option(said, options)
    if one is None:
        inside = _inside(said, options)
        if len(inside) != 1:
            return Refused("options_several" if inside else "options")
        one = inside[0]
    return Taken(one.value or one.title)


def _inside(said: str, options: Sequence[WaitOption]) -> list[WaitOption]:
    """Those named as whole words, longest first, so that "extra large" is not also "large"."""
    text, found = f" {_words(said)} ", []
    for option in sorted(options, key=lambda one: -len(one.title)):
        word = f" {_words(option.title)} "
        if word.strip() and word in text:
            text = text.replace(word, " \n ")
            found.append(option)
    return [option for option in options if option in found]


def _words(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text[:1_000])).split())
