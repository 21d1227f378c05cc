"""The development compose file stays valid and in step with the settings and the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from recado.cli import main
from shared.settings import Settings

ROOT = Path(__file__).parents[2]
OURS = ("gateway", "interpreter", "executor")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.dev.yml").read_text())
    return document


def test_compose_has_all_services_and_only_known_volumes(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {*OURS, "proxy", "postgres", "redis", "mariadb"}
    for service in services.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (ROOT / source).exists()


@pytest.mark.parametrize("name", OURS)
def test_compose_environment_is_valid_settings(compose: dict[str, Any], name: str) -> None:
    settings = Settings.from_env(compose["services"][name]["environment"])
    assert settings.port == {"gateway": 8501, "interpreter": 8502, "executor": 8503}[name]
    assert settings.executor_url.endswith(":8503/executor")


@pytest.mark.parametrize("name", OURS)
def test_compose_command_is_a_command_of_ours_that_reloads(compose: dict[str, Any], name: str) -> None:
    program, command, service, reload = compose["services"][name]["command"]
    parameters = {option for one in _command(command).params for option in one.opts}
    assert (program, service, reload in parameters) == ("recado", name, True)
    assert ".:/app" in compose["services"][name]["volumes"]


def test_proxy_sends_every_prefix_to_its_service() -> None:
    caddyfile = (ROOT / "deploy" / "Caddyfile.dev").read_text()
    for upstream in ("gateway:8501", "interpreter:8502", "executor:8503"):
        assert f"reverse_proxy {upstream}" in caddyfile


def test_dependencies_of_each_service_exist(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert set(service.get("depends_on", ())) <= set(compose["services"])


def _command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None, f"there is no command {name}"
    return found
