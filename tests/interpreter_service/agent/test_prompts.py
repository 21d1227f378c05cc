"""The system prompts, ours and an installation's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from interpreter_service.agent.prompts import Prompts
from shared.contracts.base import LANGUAGES, Language
from shared.errors import InvalidArguments
from tests.fakes.executor import PROFILE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_says_for_whom_when_and_where(language: Language) -> None:
    prompt = Prompts().system(language, PROFILE, "America/Lima")
    for said in ("Ferretería Andina", "PEN", "2026-11-20", "America/Lima", "sales"):
        assert said in prompt.text
    assert prompt.version == f"{language}/2"


def write(folder: Path, body: str) -> Path:
    (folder / "es.toml").write_text(body, encoding="utf-8")
    return folder


def test_an_own_prompt_takes_the_place_of_ours_in_its_language(tmp_path: Path) -> None:
    own = Prompts(write(tmp_path, 'version = 7\nsystem = "Hoy es {{ today }} en {{ company }}."'))
    assert own.system("es", PROFILE, "UTC").text == "Hoy es 2026-11-20 en Ferretería Andina."
    assert (own.system("es", PROFILE, "UTC").version, own.system("en", PROFILE, "UTC").version) == ("es/own-7", "en/2")


def test_a_company_called_like_a_template_is_only_a_name() -> None:
    named = PROFILE.model_copy(update={"company": "{{ 7 * 7 }}"})
    assert "{{ 7 * 7 }}" in Prompts().system("es", named, "UTC").text


WRONG = [
    "version",
    'system = "hola"',
    'version = 1\nsystem = "{{ secret }}"',
    'version = 1\nsystem = "{% if %}"',
    "version = 1\nsystem = \"{{ ''.__class__.__mro__ }}\"",
    'version = 1\nsystem = "' + "a" * 20_001 + '"',
    'version = "new"\nsystem = "hola"',
]


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_a_prompt_that_cannot_be_used_is_named(tmp_path: Path, body: str) -> None:
    with pytest.raises(InvalidArguments, match=r"prompts/es\.toml"):
        Prompts(write(tmp_path, body))
