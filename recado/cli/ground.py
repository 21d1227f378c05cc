"""What every command begins with."""

from __future__ import annotations

import os
from pathlib import Path

from recado.ground import read_settings
from shared.settings import Settings


def settings_here(*, demo: bool = False) -> Settings:
    """The settings of this shell and folder; raises CannotStart.

    `demo` lets everybody who writes act as the demo's manager, unless a setting says otherwise or there is a real ERP.
    """
    settings = read_settings(os.environ, Path.cwd())
    if demo and settings.uses_demo_erp and "unknown_contacts" not in settings.model_fields_set:
        return settings.model_copy(update={"unknown_contacts": "allow"})
    return settings
