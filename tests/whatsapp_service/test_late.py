"""Messages that come in long after they were written: the newest is asked for, with the others, and said to be late."""

from __future__ import annotations

import time

from tests.services.databases import on_both_databases
from tests.whatsapp_service.world import Door, delivery, text_message, wait_until

pytestmark = on_both_databases


def test_rule_24_newest_of_several_late_messages_is_asked_for_with_the_others(door: Door) -> None:
    old = time.time() - 3_600
    late = [text_message(text, f"wamid.{text}", at=old + place) for place, text in enumerate(("uno", "dos", "tres"))]
    door.post(delivery(*late))
    door.wait_said(1)
    wait_until(lambda: not door.rows(direction="in", is_open=1))
    (request,) = door.interpreter.requests
    assert door.interpreter.said == ["tres"]
    assert request.late is not None
    assert request.late.others == ("uno", "dos")
    assert abs(request.late.sent_at.timestamp() - old) < 5
    assert [row.error for row in door.rows(direction="in")] == ["late", "late", ""]


def test_rule_24_late_pin_is_not_repeated(door: Door) -> None:
    old = time.time() - 3_600
    texts = ("4821", "PIN: 4821", "mi pedido 4821", "hola")
    door.post(delivery(*(text_message(text, f"wamid.{text}", at=old + at) for at, text in enumerate(texts))))
    door.wait_said(1)
    (request,) = door.interpreter.requests
    assert request.late is not None
    assert request.late.others == ("mi pedido 4821",)


def test_rule_24_message_that_is_a_little_old_is_not_late(door: Door) -> None:
    door.post(delivery(text_message("hola", "wamid.1", at=time.time() - 300)))
    door.wait_said(1)
    assert door.interpreter.requests[0].late is None


def test_rule_24_message_of_now_is_answered_after_late_ones_and_by_itself(door: Door) -> None:
    late = text_message("uno", "wamid.1", at=time.time() - 3_600)
    door.post(delivery(late, text_message("ahora", "wamid.2")))
    door.wait_said(2)
    assert [(request.late is None) for request in door.interpreter.requests] == [False, True]
