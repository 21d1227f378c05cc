"""What tool authors import."""

from __future__ import annotations

import subprocess
import sys

import recado.sdk
from executor_service.registry.external.callbacks import ERP_WRITES
from executor_service.registry.external.remote import ERP_METHODS


def test_all_that_is_promised_is_there() -> None:
    promised = (
        "Toolbox ToolContext Period Link Money Quantity Result Text Table Column Chart Series File Choice Option "
        "ToolFailed Spoken ChoiceWords Field"
    )
    assert set(recado.sdk.__all__) == set(promised.split())
    assert all(hasattr(recado.sdk, name) for name in recado.sdk.__all__)


def test_importing_it_brings_no_server_and_no_database() -> None:
    program = "import sys, recado.sdk; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "pydantic" in loaded
    assert not {"flask", "sqlalchemy", "structlog", "requests", "babel", "matplotlib"} & set(loaded)


def test_tools_may_use_the_methods_of_an_erp_and_no_others() -> None:
    reads = {"find", "get", "count", "search", "aggregate", "run_report", "pdf", "workflow", "ask", "user", "version"}
    assert reads | {"check"} | ERP_WRITES == ERP_METHODS
