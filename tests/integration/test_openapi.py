"""The three services keep what their OpenAPI documents promise: Schemathesis asks them what a tester would not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance
from werkzeug.test import Client

from recado.services import PREFIXES, Services
from recado.start import prepare
from shared.settings import Settings
from shared.tokens import Tokens
from tests.fakes.house import SECRET

pytestmark = pytest.mark.slow
EXAMPLES = 5
ALL = list(HealthCheck)
OPEN = {"/callbacks/{token}", "/healthz", "/readyz", "/metrics", "/api/auth/login", "/api/auth/first"}
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    made = Services(prepare(Settings(home=Path(tmp_path_factory.mktemp("home")), secret_key=SECRET)))
    made.start()
    yield made
    made.stop()


@schemathesis.auth(refresh_interval=None)
class ServiceToken:
    """The gateway's token for what services ask each other, the operator's for the rest."""

    def get(self, case: schemathesis.Case, _context: Any) -> str:
        return Tokens(SECRET).service("gateway" if case.path.startswith("/v1/") else "operator")

    def set(self, case: schemathesis.Case, data: str, _context: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", PREFIXES)
def test_service_keeps_its_promises(services: Services, name: str, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi(f"{PREFIXES[name]}/openapi.json", services.wsgi)
    broken: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            ask(operation, mode)
        except (Failure, FailureGroup) as failure:
            broken.append(f"{operation.label}: {failure}")
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, f"{operation.label} can never be called"
    assert not broken, "\n\n".join(broken)


def ask(operation: APIOperation[Any, Any, Any], mode: GenerationMode) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=ALL)
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        # a 422 may come of what a schema cannot say, e.g. that a phone number has a country code
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    run()


@pytest.mark.parametrize("name", PREFIXES)
def test_document_names_security_and_problems_of_every_operation(services: Services, name: str) -> None:
    document = Client(services.wsgi).get(f"{PREFIXES[name]}/openapi.json").json
    assert document["servers"] == [{"url": PREFIXES[name] or "/"}]
    for path, methods in document["paths"].items():
        for method in METHODS & set(methods):
            operation = methods[method]
            problems = {status for status, one in operation["responses"].items() if _is_problem(one)}
            assert path in OPEN or operation["security"], (path, method)
            assert path in OPEN or {"401", "403", "404", "422"} <= problems, (path, method)


def _is_problem(response: dict[str, Any]) -> bool:
    return "application/problem+json" in response.get("content", {})
