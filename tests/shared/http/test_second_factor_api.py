"""The second factor over HTTP: turned on with a first code, asked for at the door, used once, taken away."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from shared.auth.model import User
from shared.auth.throttle import TRIES_PER_ACCOUNT
from shared.tables import recovery_codes, second_factors
from tests.services.databases import on_both_databases
from tests.shared.auth.world import PASSWORD, World

ROOT = "/api/auth/second-factor"
HALF_MINUTE = timedelta(seconds=30)


class Phone:
    """An app with a user's secret, over the clock of the world."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.browser = world.browser(user)
        self.begun = self.browser.post(ROOT, json={"password": PASSWORD}).get_json()

    def code(self, late: timedelta = timedelta()) -> str:
        return pyotp.TOTP(self.begun["secret"]).at(self._world.times[0] - late)

    def turn_on(self) -> list[str]:
        answer = self.browser.post(f"{ROOT}/confirm", json={"code": self.code()})
        assert answer.status_code == 200
        self._world.advance(2 * HALF_MINUTE)
        return list(answer.get_json()["codes"])


@pytest.fixture
def phone(world: World) -> Phone:
    return Phone(world, world.user("Ana"))


def enter(client: FlaskClient, code: str = "") -> TestResponse:
    return client.post("/api/auth/login", json={"name": "Ana", "password": PASSWORD, "code": code})


def kind(answer: TestResponse) -> str:
    return str(answer.get_json()["type"]).rsplit(":", 1)[-1].rsplit("/", 1)[-1]


def test_factor_counts_only_once_a_first_code_showed_that_it_works(world: World, phone: Phone) -> None:
    assert enter(world.client()).status_code == 200
    assert phone.browser.post(f"{ROOT}/confirm", json={"code": "000000"}).status_code == 401
    phone.turn_on()
    assert phone.browser.get(ROOT).get_json() == {"is_on": True, "recovery_codes_left": 10}
    assert enter(world.client()).status_code == 401


@on_both_databases
def test_code_is_asked_for_after_the_password_and_works_once(world: World, phone: Phone) -> None:
    phone.turn_on()
    assert kind(enter(world.client())) == "second_factor_needed"
    code = phone.code()
    assert enter(world.client(), code).status_code == 200
    assert kind(enter(world.client(), code)) == "second_factor_wrong"


@pytest.mark.parametrize(("late", "status"), [(-1, 200), (1, 200), (-2, 401), (2, 401)])
def test_clock_of_the_phone_may_be_half_a_minute_off(world: World, phone: Phone, late: int, status: int) -> None:
    phone.turn_on()
    world.advance(10 * HALF_MINUTE)
    assert enter(world.client(), phone.code(late * HALF_MINUTE)).status_code == status


@on_both_databases
def test_recovery_code_lets_in_once_however_it_is_written(world: World, phone: Phone) -> None:
    codes = phone.turn_on()
    assert len(set(codes)) == 10
    assert enter(world.client(), codes[0].upper().replace("-", " ")).status_code == 200
    assert enter(world.client(), codes[0]).status_code == 401
    assert phone.browser.get(ROOT).get_json()["recovery_codes_left"] == 9


def test_neither_secret_nor_codes_are_stored_as_they_are(world: World, phone: Phone) -> None:
    codes = phone.turn_on()
    with world.auth.database.read() as connection:
        sealed = connection.execute(select(second_factors.c.secret_sealed)).scalar_one()
        hashes = connection.execute(select(recovery_codes.c.code_hash)).scalars().all()
    assert phone.begun["secret"] not in sealed
    assert not {codes[0], codes[0].replace("-", "")} & set(hashes)


def test_guessing_codes_is_stopped_like_guessing_passwords(world: World, phone: Phone) -> None:
    phone.turn_on()
    answers = [enter(world.client(), f"{number:06}").status_code for number in range(TRIES_PER_ACCOUNT + 1)]
    assert set(answers[:-1]) == {401}
    assert answers[-1] == 429


def test_present_password_is_needed_to_turn_it_on_or_off(world: World, phone: Phone) -> None:
    phone.turn_on()
    wrong = {"password": "wrong horse battery"}
    assert phone.browser.post(f"{ROOT}/remove", json=wrong).status_code == 403
    assert phone.browser.post(ROOT, json=wrong).status_code == 403
    assert phone.browser.post(ROOT, json={"password": PASSWORD}).status_code == 409
    assert phone.browser.post(f"{ROOT}/remove", json={"password": PASSWORD}).status_code == 204
    assert enter(world.client()).status_code == 200


def test_administrator_takes_a_lost_one_away_and_the_audit_tells(world: World, phone: Phone) -> None:
    phone.turn_on()
    boss = world.user("Boss")
    browser = world.browser(boss)
    (ana,) = [one for one in browser.get("/api/users").get_json()["users"] if one["has_second_factor"]]
    viewer = world.browser(world.user("Viewer", "viewer"))
    assert viewer.delete(f"/api/users/{ana['id']}/second-factor").status_code == 403
    assert browser.delete(f"/api/users/{ana['id']}/second-factor").status_code == 204
    assert enter(world.client()).status_code == 200
    with world.auth.database.read() as connection:
        entries = world.auth.audit.list(connection).entries
    told = [(one.action, one.actor == boss.id) for one in entries if one.action.startswith("second_factor")]
    assert told == [("second_factor.off", True), ("second_factor.on", False)]
