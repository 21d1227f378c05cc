"""Sentences for people: every one in every language, with the same blanks to fill in."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest

from shared.contracts.base import LANGUAGES

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(folder for room in ROOT.glob("*_service") for folder in room.rglob("texts"))


def blanks(folder: Path, language: str) -> dict[str, set[str]]:
    """The blanks of every sentence, by its key."""
    sentences = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    return {key: {name for _, name, _, _ in string.Formatter().parse(said) if name} for key, said in sentences.items()}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_sentences_are_the_same_in_every_language(folder: Path) -> None:
    said = [blanks(folder, language) for language in LANGUAGES]
    assert said[0]
    assert all(one == said[0] for one in said)


def test_every_service_has_sentences() -> None:
    assert {folder.relative_to(ROOT).parts[0] for folder in FOLDERS} == {
        "executor_service",
        "interpreter_service",
        "whatsapp_service",
    }
