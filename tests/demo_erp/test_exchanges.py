"""Every recorded exchange that the stand-in serves is replayed; the others are listed by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo_erp import Faults, create_app
from tests.demo_erp.replay import EXCHANGES, HERE, Replay, load_exchange

SERVED = sorted(path.stem for path in EXCHANGES.glob("*.json"))
Outcomes = dict[str, list[str]]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """The differences of every exchange. Exchanges of a kind follow each other on one copy of the data,
    as recorded; `chains.json` says where a new copy starts, with what is set up before."""
    folder = tmp_path_factory.mktemp("replays")
    chains = {chain["first"]: chain for chain in _read("chains.json")}
    outcomes: Outcomes = {}
    for number, names in enumerate(_runs(chains)):
        chain = chains.get(names[0], {})
        app = create_app(folder / f"{number}.sqlite3", faults=_faults(chain))
        replay = Replay(app)
        for request in chain.get("setup", []):
            _set_up(replay, request)
        for name in names:
            outcomes[name] = _differences(replay, name)
        app.extensions["demo_erp"].close()
    return outcomes


@pytest.mark.parametrize("name", SERVED)
def test_replayed_exchange_equals_the_recorded_one(name: str, outcomes: Outcomes) -> None:
    assert outcomes[name] == []


def test_served_and_listed_exchanges_are_all_that_were_recorded() -> None:
    recorded = (HERE / "exchange_names.txt").read_text("utf-8").split()
    not_served = _read("not_served.json")
    assert len(recorded) == 209
    assert sorted([*SERVED, *not_served]) == recorded
    assert all(reason for reason in not_served.values())


def test_masks_name_served_exchanges_and_say_why() -> None:
    masks = _read("masks.json")
    assert set(masks) <= set(SERVED)
    assert all(mask["reason"] for mask in masks.values())


def _runs(chains: dict[str, Any]) -> Iterator[list[str]]:
    run: list[str] = []
    for name in SERVED:
        if run and (name in chains or name.split("_")[0] != run[0].split("_")[0]):
            yield run
            run = []
        run.append(name)
    yield run


def _faults(chain: dict[str, Any]) -> Faults:
    settings = dict(chain.get("faults", {}))
    if "disabled_users" in settings:
        settings["disabled_users"] = frozenset(settings["disabled_users"])
    return Faults(**settings)


def _set_up(replay: Replay, request: dict[str, Any]) -> None:
    headers = {"Authorization": f"token <api key of {request['who']}>:<api secret>"}
    answered = replay.send(request | {"headers": headers})
    assert answered.status_code == 200, answered.get_data(as_text=True)
    replay.names[request["alias"]] = answered.get_json()["data"]["name"]


def _differences(replay: Replay, name: str) -> list[str]:
    exchange = load_exchange(name)
    recorded = exchange["response"]
    answered = replay.send(exchange["request"])
    replay.learn(recorded, answered)
    found = [f"status {answered.status_code}"] if answered.status_code != recorded["status"] else []
    for header, value in recorded["headers"].items():
        if not header.startswith(("x-ratelimit", "retry-after")) and answered.headers.get(header) != value:
            found.append(f"{header}: {answered.headers.get(header)!r} is not {value!r}")
    if "json" in recorded:
        ours = replay.comparable(answered.get_json(silent=True))
        theirs = replay.comparable(recorded["json"])
        masked = _read("masks.json").get(name, {}).get("paths", [])
        found += [path for path in _compare(ours, theirs, "") if not _is_masked(path, masked)]
    elif "text" in recorded and answered.get_data(as_text=True) != recorded["text"]:
        found.append(answered.get_data(as_text=True))
    elif str(recorded.get("first_bytes_hex", "")).startswith("25504446"):
        found += [] if answered.get_data().startswith(b"%PDF-1.") else ["no PDF"]
    return found


def _compare(ours: Any, theirs: Any, path: str) -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            yield from _compare(ours.get(key, "<absent>"), theirs.get(key, "<absent>"), f"{path}.{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _compare(one, other, f"{path}[{index}]")
    elif ours != theirs:
        yield f"{path}: {ours!r} is not {theirs!r}"


def _is_masked(difference: str, masked: list[str]) -> bool:
    return any(difference.startswith(f".{path}") for path in masked)


def _read(file: str) -> Any:
    return json.loads((Path(HERE) / file).read_text("utf-8"))
