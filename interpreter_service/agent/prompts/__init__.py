"""The system prompts: one TOML file a language, with a `version` and a Jinja template of the `system` message.

An installation may have files of its own in `<RECADO_HOME>/prompts`, of the same names and shape; each takes the
place of ours. Templates run in Jinja's sandbox and see only what `system` gives them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shared.contracts.base import LANGUAGES, Json, Language
from shared.contracts.turns import Profile
from shared.errors import InvalidArguments

LONGEST_PROMPT_CHARS = 20_000
_TRIED = Profile(company="Company", currency="PEN", groups=("group",), today=date(2026, 11, 20))


@dataclass(frozen=True)
class SystemPrompt:
    """What a model is told first, and which template said it, e.g. `es/2`."""

    text: str
    version: str


class Prompts:
    """The templates, read once when made. Raises InvalidArguments that names a file that cannot be used."""

    def __init__(self, own: Path | None = None) -> None:
        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
        self._templates: Mapping[Language, tuple[Template, str]] = {
            language: _template(environment, language, own) for language in LANGUAGES
        }

    def system(self, language: Language, profile: Profile, time_zone: str) -> SystemPrompt:
        template, version = self._templates[language]
        return SystemPrompt(template.render(_shown(profile, time_zone)).strip(), version)


def _template(environment: ImmutableSandboxedEnvironment, language: Language, own: Path | None) -> tuple[Template, str]:
    path = own / f"{language}.toml" if own else None
    is_own = path is not None and path.is_file()
    try:
        text = path.read_text(encoding="utf-8") if path and is_own else _ours(language)
        body = tomllib.loads(text)
        template = environment.from_string(body["system"])
        rendered = template.render(_shown(_TRIED, "UTC"))
        version = f"{language}/{'own-' if is_own else ''}{int(body['version'])}"
    except (OSError, ValueError, KeyError, TypeError, TemplateError) as error:
        raise InvalidArguments(f"prompts/{language}.toml cannot be used: {type(error).__name__} {error}") from error
    if len(rendered) > LONGEST_PROMPT_CHARS:
        raise InvalidArguments(f"prompts/{language}.toml is longer than {LONGEST_PROMPT_CHARS} characters")
    return template, version


def _ours(language: Language) -> str:
    return (files("interpreter_service.agent.prompts") / f"{language}.toml").read_text(encoding="utf-8")


def _shown(profile: Profile, time_zone: str) -> Json:
    return {
        "company": profile.company or "-",
        "currency": profile.currency or "-",
        "groups": ", ".join(profile.groups) or "-",
        "today": profile.today.isoformat(),
        "fiscal_month": profile.fiscal_year_start_month,
        "time_zone": time_zone,
    }
