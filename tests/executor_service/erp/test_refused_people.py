"""People whom the ERP does not let in: unknown, disabled, with a revoked key or none that could be one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo_erp.app import create_app
from demo_erp.faults import Faults
from demo_erp.people import people
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from executor_service.tasks.failures import explain
from shared.contracts.base import LANGUAGES, Language
from shared.errors import CredentialsRefused
from shared.texts import Texts

SELLER = next(one for one in people() if one.user.startswith("vendedor@"))


@pytest.fixture(scope="module")
def faults() -> Faults:
    return Faults()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, faults: Faults) -> Iterator[FrappeSite]:
    folder: Path = tmp_path_factory.mktemp("demo")
    app = create_app(folder / "demo.sqlite", faults=faults)
    yield FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))
    app.extensions["demo_erp"].close()


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("0123456789abcde", SELLER.api_secret),  # a user that is not there
        (SELLER.api_key, "0123456789abcde"),  # a key that was made anew since
        ("", ""),
        ("with space", "ñ"),
        ("a:b", SELLER.api_secret),
    ],
)
def test_unknown_user_and_revoked_key_are_refused_for_reading_and_writing(
    site: FrappeSite, key: str, secret: str
) -> None:
    with pytest.raises(CredentialsRefused):
        FrappeErp(site, key, secret).find("Customer")
    with pytest.raises(CredentialsRefused):
        FrappeErp(site, key, secret).insert("ToDo", {"description": "x"})


def test_disabled_user_is_refused_and_let_in_again(site: FrappeSite, faults: Faults) -> None:
    erp = FrappeErp(site, SELLER.api_key, SELLER.api_secret)
    assert erp.user() == SELLER.user
    faults.disabled_users = frozenset({SELLER.user})
    with pytest.raises(CredentialsRefused):
        erp.find("Customer")
    faults.disabled_users = frozenset()
    assert erp.find("Customer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_person_is_told_whom_to_ask(language: Language) -> None:
    told = explain(CredentialsRefused("401"), Texts("executor_service.tasks"), language, "Ventas").text
    assert "401" not in told
    assert "administ" in told.casefold()
