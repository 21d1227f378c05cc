"""Templates that a company keeps: beside those that come with Recado, without keys, deleted only if own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from executor_service.flows.model import Flow
from executor_service.flows.templates.catalogue import TemplateCatalogue
from executor_service.flows.templates.keyless import keyless
from executor_service.flows.templates.own import OwnTemplates
from executor_service.flows.templates.shelf import TemplateShelf
from executor_service.metadata import metadata
from shared.database import Database
from shared.errors import Conflict, NotFound
from tests.executor_service.flows.drawing import draw

HEADERS = {
    "Authorization": "Bearer abc123",
    "X-Api-Key": "abc123",
    "X-Token": "{{ secret.mine }}",
    "X-Auth-Email": "abc123",
    "Cookie": "sid=abc123",
    "Ocp-Apim-Subscription-Key": "abc123",
    "Idempotency-Key": "7",
    "Accept": "application/json",
}


@contextmanager
def kept_in(folder: Path, most: int = 200) -> Iterator[TemplateCatalogue]:
    database = Database(f"sqlite:///{folder / 'executor.sqlite3'}")
    database.write(metadata.create_all)
    yield TemplateCatalogue(TemplateShelf(), OwnTemplates(database, most=most))
    database.close()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[TemplateCatalogue]:
    with kept_in(tmp_path) as made:
        yield made


def asking(url: str = "https://example.com/a?api_key=abc123&q={{ session.q }}") -> Flow:
    return draw(("start", "trigger", {}), ("ask", "http_request", {"url": url, "headers": HEADERS}))


def keep(catalogue: TemplateCatalogue, title: str = "Consulta") -> str:
    return catalogue.own.save(asking(), title=title, description="Pregunta.", category="sales", by="user:eva")


def test_own_template_stands_behind_those_that_come_along(catalogue: TemplateCatalogue) -> None:
    second, first = keep(catalogue, "Zeta"), keep(catalogue, "Alfa")
    assert list(catalogue.all())[-2:] == [first, second]
    assert (catalogue.is_own(first), catalogue.is_own("faq")) == (True, False)
    found = catalogue.get(first)
    assert (found.titles["pt"], found.descriptions["es"], found.category) == ("Alfa", "Pregunta.", "sales")


def test_keys_that_stand_in_requests_are_not_kept(catalogue: TemplateCatalogue) -> None:
    kept = catalogue.get(keep(catalogue)).flow
    assert "abc123" not in kept.model_dump_json()
    config = kept.nodes[1].data.config
    assert config["headers"] == {
        "Authorization": "Bearer {{ secret.authorization }}",
        "X-Api-Key": "{{ secret.x_api_key }}",
        "X-Token": "{{ secret.mine }}",
        "X-Auth-Email": "{{ secret.x_auth_email }}",
        "Cookie": "{{ secret.cookie }}",
        "Ocp-Apim-Subscription-Key": "{{ secret.ocp_apim_subscription_key }}",
        "Idempotency-Key": "7",
        "Accept": "application/json",
    }
    assert config["url"] == "https://example.com/a?api_key=&q={{ session.q }}"


def test_flow_without_requests_is_kept_as_it_is() -> None:
    flow = TemplateShelf().get("faq").flow
    assert keyless(flow) == flow


def test_only_own_templates_can_be_deleted(catalogue: TemplateCatalogue) -> None:
    name = keep(catalogue)
    catalogue.delete(name)
    assert name not in catalogue.all()
    for gone in (name, "nothing"):
        with pytest.raises(NotFound):
            catalogue.delete(gone)
    with pytest.raises(Conflict, match="comes with Recado"):
        catalogue.delete("faq")


def test_there_are_only_so_many(tmp_path: Path) -> None:
    with kept_in(tmp_path, most=1) as catalogue:
        keep(catalogue)
        with pytest.raises(Conflict, match="delete one first"):
            keep(catalogue)
