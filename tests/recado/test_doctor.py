"""`recado doctor` warns of what is set in vain."""

from __future__ import annotations

from recado.doctor.machine import unread
from shared.settings import Settings


def test_setting_that_nothing_reads_is_named_without_its_value() -> None:
    (found,) = unread(Settings.from_env({"RECADO_BROKER_URL": "amqp://rabbit", "RECADO_HOST": "127.0.0.1"}))
    assert found.level == "warning"
    assert "RECADO_BROKER_URL" in found.what
    assert "rabbit" not in f"{found}"
    assert "RECADO_HOST" not in found.what


def test_settings_that_are_read_give_no_warning() -> None:
    assert list(unread(Settings.from_env({"RECADO_HOST": "127.0.0.1"}))) == []
