"""`/api/flows/{id}/accounts`: administrators alone say as which service accounts a flow may act."""

from __future__ import annotations

from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.executor_service.api.test_flows_api import PATH, create


def test_administrator_allows_accounts_to_a_flow(served: Served) -> None:
    client = as_role(served, "administrator")
    path = f"{PATH}/{create(client)['flow']['id']}/accounts"
    served.house.directory.grant("service:bot")
    assert client.get(path).json == {"accounts": []}
    assert client.put(path, json={"accounts": ["bot"]}).json == {"accounts": ["bot"]}
    assert client.put(path, json={"accounts": ["ghost"]}).status_code == 422
    assert client.put(path, json={"accounts": ["No Name"]}).status_code == 422
    assert client.get(path).json == {"accounts": ["bot"]}
    assert client.put(f"{PATH}/none/accounts", json={"accounts": []}).status_code == 404
    assert as_role(served, "operator").put(path, json={"accounts": []}).status_code == 403
