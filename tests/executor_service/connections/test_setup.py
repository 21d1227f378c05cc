"""The connection after the first start."""

from __future__ import annotations

from datetime import date

import pytest

from executor_service.connections.directory import ErpDirectory
from executor_service.connections.keys import key_of_connection
from executor_service.connections.model import Credentials
from executor_service.connections.setup import ensure_default_connection
from shared.secrets import SecretBox
from shared.settings import Settings, SettingsError

REAL = {"erp_url": "https://erp.example", "erp_api_key": "k1", "erp_api_secret": "s1"}


def test_without_settings_it_is_the_demo_on_its_day(directory: ErpDirectory) -> None:
    made = ensure_default_connection(directory.connections, Settings())
    assert (made.id, made.kind, made.today) == ("default", "demo", date(2026, 11, 20))
    assert (made.company, made.currency) == ("Ferretería Andina", "PEN")
    assert made.erp_user == "gerente@ferreteria-andina.example"


def test_with_settings_it_is_that_erp(directory: ErpDirectory, box: SecretBox) -> None:
    made = ensure_default_connection(directory.connections, Settings.model_validate(REAL))
    assert (made.kind, made.url, made.today, made.company) == ("frappe", "https://erp.example", None, "")
    assert key_of_connection(box, made) == Credentials(key="k1", secret="s1")


def test_later_starts_leave_it_as_it_is(directory: ErpDirectory) -> None:
    made = ensure_default_connection(directory.connections, Settings.model_validate(REAL))
    other = Settings.model_validate({**REAL, "erp_url": "https://other.example"})
    assert ensure_default_connection(directory.connections, other) == made


def test_demo_does_not_silently_become_a_real_company(directory: ErpDirectory) -> None:
    ensure_default_connection(directory.connections, Settings())
    with pytest.raises(SettingsError, match="RECADO_HOME"):
        ensure_default_connection(directory.connections, Settings.model_validate(REAL))
