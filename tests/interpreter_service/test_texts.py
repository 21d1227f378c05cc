"""Sentences for people: every one in every language, with the same blanks, and one for every way it can go wrong."""

from __future__ import annotations

import re
import string

import pytest

from interpreter_service.agent.prompt import Prompts
from interpreter_service.speech import Speech
from shared.contracts.base import LANGUAGES, Language
from shared.errors import RecadoError, error_classes
from shared.texts import Texts
from tests.fakes.executor import PROFILE

TEXTS = Texts("interpreter_service")


def blanks(language: Language, key: str) -> set[str]:
    sentence = TEXTS._sentences[language][key]
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_every_language_with_the_same_blanks(language: Language) -> None:
    assert TEXTS.keys(language) == TEXTS.keys("en")
    assert all(blanks(language, key) == blanks("en", key) for key in TEXTS.keys("en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", error_classes().values(), ids=lambda error: error.code)
def test_every_error_has_a_sentence_of_some_length(error: type[RecadoError], language: Language) -> None:
    said = Speech(TEXTS).refusal(error("for developers only"), language).text

    assert len(said) > 20
    assert "for developers" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_prompt_is_filled_and_in_plain_words(language: Language) -> None:
    prompt = Prompts().system(language, PROFILE, "America/Lima")

    assert "America/Lima" in prompt
    assert "<data>" in prompt
    assert not re.search(r"[{}]", prompt)
