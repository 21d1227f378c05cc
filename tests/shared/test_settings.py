"""Settings are read once, and what is wrong is said in one sentence that shows no value."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from shared.settings import PREFIX, Settings, SettingsError

SECRET_NAMES = sorted(
    PREFIX + name.upper() for name, field in Settings.model_fields.items() if field.annotation == SecretStr | None
)


def test_without_any_setting_everything_has_a_default() -> None:
    settings = Settings.from_env({"PATH": "/bin"})
    assert settings.database == "sqlite:///.recado/recado.sqlite3"
    assert settings.uses_demo_erp
    assert (settings.host, settings.unknown_contacts) == ("127.0.0.1", "deny")


def test_an_empty_setting_is_as_none() -> None:
    settings = Settings.from_env({"RECADO_PORT": "", "RECADO_SECRET_KEY": "", "RECADO_HOME": ""})
    assert (settings.port, settings.secret_key, settings.home) == (8501, None, Path(".recado"))


def test_values_are_read_into_their_types() -> None:
    settings = Settings.from_env(
        {
            "RECADO_PORT": "80",
            "RECADO_TOOLS_PATH": "/a, /b ,",
            "RECADO_ERP_URL": "https://erp.test",
            "RECADO_HOME": "/d",
        }
    )
    assert (settings.port, settings.tools_path, settings.uses_demo_erp) == (80, ("/a", "/b"), False)
    assert settings.database == "sqlite:////d/recado.sqlite3"


def test_the_error_names_every_wrong_setting_at_once() -> None:
    env = {"RECADO_PORT": "0", "RECADO_LOG_LEVEL": "loud", "RECADO_PUBLIC_URL": "recado.test", "RECADO_SECRET_KEY": "x"}
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(env)
    assert all(name in str(caught.value) for name in env)
    assert ".env.example" in str(caught.value)


def test_a_misspelt_setting_is_an_error_not_a_silence() -> None:
    with pytest.raises(SettingsError, match="RECADO_PROT"):
        Settings.from_env({"RECADO_PROT": "80"})


@pytest.mark.parametrize(
    "url", ["mysql://localhost/x", "sqlite3.db", "postgres://localhost/x", "postgresql+psycopg2://localhost/x"]
)
def test_a_database_that_is_not_supported_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="RECADO_DATABASE_URL"):
        Settings.from_env({"RECADO_DATABASE_URL": url})


@pytest.mark.parametrize("value", ["short-and-secret", "s" * 31])
def test_a_short_secret_key_is_refused_without_being_shown(value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"RECADO_SECRET_KEY": value})
    assert value not in str(caught.value)
    assert value not in repr(caught.value.__cause__)
    assert caught.value.__suppress_context__


def test_no_secret_is_in_what_settings_print() -> None:
    settings = Settings.from_env(dict.fromkeys(SECRET_NAMES, f"hidden-{'x' * 40}"))
    assert len(SECRET_NAMES) >= 12
    assert "hidden" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_passwords_in_addresses_are_not_in_what_settings_print() -> None:
    addresses = {
        "RECADO_DATABASE_URL": "postgresql://recado:hunter2@db/recado",
        "RECADO_REDIS_URL": "redis://:hunter2@redis/0",
        "RECADO_BROKER_URL": "amqp://recado:hunter2@rabbit//",
    }
    assert "hunter2" not in repr(Settings.from_env(addresses))
