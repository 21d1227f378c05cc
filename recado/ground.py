"""What every process of Recado stands on: its settings and its secret key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from recado.problems import CannotStart
from shared.secrets import load_or_make_key
from shared.settings import PREFIX, Settings, SettingsError

ENV_FILE = ".env"
SERVICES = ("gateway", "interpreter", "executor")


@dataclass(frozen=True)
class Ground:
    """The settings, and the key that signs tokens and seals secrets."""

    settings: Settings
    secret_key: str = field(repr=False)


def read_settings(env: Mapping[str, str], folder: Path) -> Settings:
    """The settings of the environment, over those of `.env` in the folder."""
    kept = {name: value for name, value in dotenv_values(folder / ENV_FILE).items() if value is not None}
    own = {name: value for name, value in {**kept, **env}.items() if name.startswith(PREFIX)}
    try:
        return Settings.from_env(own)
    except SettingsError as error:
        raise CannotStart(str(error)) from None


def secret_key(settings: Settings) -> str:
    """The key of this installation: the setting, or the file in the data folder, made at first start."""
    return settings.secret_key.get_secret_value() if settings.secret_key else load_or_make_key(settings.home)
