"""The text of `.env.example`, made from the settings themselves."""

from __future__ import annotations

from pydantic import SecretStr

from shared.settings import PREFIX, UNREAD, Settings

HEAD = """\
# Settings of Recado. Copy this file to .env, remove the # of a line and change its value.
# An empty value means the default. The environment wins over .env.
"""


def env_example() -> str:
    """Every setting with what it is for and its default."""
    blocks = [HEAD]
    for name, field in Settings.model_fields.items():
        note = " (changes nothing yet)" if name in UNREAD else ""
        blocks.append(f"# {field.description}{note}\n# {PREFIX}{name.upper()}={_shown(field.default)}\n")
    return "\n".join(blocks)


def _shown(default: object) -> str:
    if default is None or isinstance(default, SecretStr):
        return ""
    return ",".join(default) if isinstance(default, tuple) else str(default)
