"""A conversation that a person answers comes back to the bot: by a word of the contact, or when all are silent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fakes.gateway_fakes import NOON, SetClock
from tests.services.databases import on_both_databases
from tests.whatsapp_service.conftest import MakeDoor
from tests.whatsapp_service.world import Door, delivery, limits, text_message, wait_until
from whatsapp_service.tables import conversations

pytestmark = on_both_databases
HOUR = 3600


def set_mode(door: Door, mode: str) -> None:
    answer = door.operator().patch(f"/api/conversations/{conversation_id(door)}", json={"mode": mode})
    assert answer.get_json()["mode"] == mode


def conversation_id(door: Door) -> str:
    return str(door.rows(conversations)[0].id)


def mode(door: Door) -> str:
    return str(door.rows(conversations)[0].mode)


@pytest.mark.parametrize("word", ["bot", "¡Volver!", "Voltar", "back"])
def test_word_of_the_contact_brings_the_bot_back(door: Door, word: str) -> None:
    door.say("hola")
    door.wait_said(1)
    set_mode(door, "human")
    door.say(word, "¿sigues?", first=2)
    assert door.wait_said(3) == ["re: hola", "Aquí estoy otra vez. ¿Qué necesitas saber?", "re: ¿sigues?"]
    assert mode(door) == "bot"
    wait_until(lambda: [told.mode for _, told in door.executor.conversations][-1] == "bot")


@pytest.mark.parametrize(("how", "said"), [("human", "volver a pedir el informe"), ("muted", "bot")])
def test_other_words_and_other_modes_change_nothing(door: Door, how: str, said: str) -> None:
    door.say("hola")
    door.wait_said(1)
    set_mode(door, how)
    door.say(said, first=2)
    wait_until(lambda: [row.error for row in door.rows(direction="in")] == ["", how])
    assert (mode(door), door.said()) == (how, ["re: hola"])


def test_conversation_that_nobody_touches_is_handed_back(doors: MakeDoor) -> None:
    door, clock = with_a_person(doors)
    clock.moment += timedelta(hours=13)
    door.gateway.engine._hand_back.look()
    assert mode(door) == "bot"
    assert door.gateway.changes.page(0, limit=50)[-1].kind == "conversation"
    wait_until(lambda: [told.mode for _, told in door.executor.conversations][-1] == "bot")


@pytest.mark.parametrize("who", ["contact", "colleague", "taken over again"])
def test_conversation_in_which_something_happens_stays_with_the_person(doors: MakeDoor, who: str) -> None:
    door, clock = with_a_person(doors)
    clock.moment += timedelta(hours=11)
    if who == "contact":
        door.post(delivery(text_message("¿hay alguien?", "wamid.2", at=clock().timestamp())))
    elif who == "colleague":
        door.operator().post(f"/api/conversations/{conversation_id(door)}/messages", json={"text": "soy Eva"})
    else:
        set_mode(door, "human")
    clock.moment += timedelta(hours=2)
    door.gateway.engine._hand_back.look()
    assert mode(door) == "human"


def with_a_person(doors: MakeDoor) -> tuple[Door, SetClock]:
    """A conversation that a person has taken over at noon."""
    clock = SetClock()
    door = doors(now=clock, limits=limits(lease_seconds=60, human_quiet_seconds=12 * HOUR))
    door.post(delivery(text_message("hola", "wamid.1", at=NOON.timestamp())))
    door.wait_said(1)
    set_mode(door, "human")
    return door, clock
