"""Messages that are commands as a whole."""

from __future__ import annotations

import pytest

from shared.language.exact_words import ExactWords

WORDS = ExactWords("executor_service.rules", strung=("greeting", "thanks"))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Hola", "greeting"),
        ("¡Hola, buenas tardes! 👋", "greeting"),
        ("oi, bom dia", "greeting"),
        ("oi tudo bem?", "greeting"),
        ("hey there", "greeting"),
        ("hola, ¿qué tal?", "greeting"),
        ("gracias 🙏", "thanks"),
        ("obrigado, valeu", "thanks"),
        ("perfecto, muchas gracias por tu ayuda", "thanks"),
        ("Great, thanks!", "thanks"),
    ],
)
def test_pleasantries_are_known_strung_together(text: str, command: str) -> None:
    assert WORDS.command(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "hola, ventas de hoy",
        "gracias, y el mes pasado?",
        "ok",
        "perfecto",
        "hola gracias",
        "sí sí",
        "yes, but tomorrow",
        "cancela y aprueba",
        "👍",
        "",
    ],
)
def test_anything_more_is_no_command(text: str) -> None:
    assert WORDS.command(text) is None


def test_a_command_that_does_something_stands_alone() -> None:
    assert WORDS.command("cancelar") == "cancel"
    assert WORDS.command("cancelar amigo") is None
