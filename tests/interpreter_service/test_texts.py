"""Sentences for people: one for every way it can go wrong."""

from __future__ import annotations

import re

import pytest

from interpreter_service.agent.prompts import Prompts
from interpreter_service.speech import Speech
from shared.contracts.base import LANGUAGES, Language
from shared.errors import RecadoError, error_classes
from shared.texts import Texts
from tests.fakes.executor import PROFILE

TEXTS = Texts("interpreter_service")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", error_classes().values(), ids=lambda error: error.code)
def test_every_error_has_a_sentence_of_some_length(error: type[RecadoError], language: Language) -> None:
    said = Speech(TEXTS).refusal(error("for developers only"), language).text

    assert len(said) > 20
    assert "for developers" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_prompt_is_filled_and_in_plain_words(language: Language) -> None:
    prompt = Prompts().system(language, PROFILE, "America/Lima").text

    assert "America/Lima" in prompt
    assert "<data>" in prompt
    assert not re.search(r"[{}]", prompt)
