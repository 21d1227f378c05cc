"""Who may sign in."""

from __future__ import annotations

from demo_erp import people
from tests.demo_erp.conftest import Ask


def test_everybody_of_the_company_signs_in_with_the_own_key(ask: Ask) -> None:
    for person in people():
        answer = ask("GET", "/api/method/frappe.auth.get_logged_user", person.user.split("@")[0])
        assert answer.get_json() == {"message": person.user}


def test_keys_and_secrets_are_the_same_in_every_run_and_differ_between_people() -> None:
    assert [(one.api_key, one.api_secret) for one in people()] == [(one.api_key, one.api_secret) for one in people()]
    assert len({one.api_key for one in people()} | {one.api_secret for one in people()}) == 2 * len(people())


def test_people_are_users_of_the_site_with_their_phones(ask: Ask) -> None:
    fields = '["name", "full_name", "mobile_no", "language", "time_zone"]'
    answer = ask("GET", "/api/resource/User", query_string={"fields": fields, "limit": "0"})
    users = {row["name"]: row for row in answer.get_json()["data"]}
    for person in people():
        assert users[person.user]["full_name"] == person.full_name
        assert (users[person.user]["mobile_no"] or "") == person.phone
        assert users[person.user]["time_zone"] == "America/Lima"
