"""The second factor of approvals: limits of connections, PINs of contacts."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus
from typing import Annotated

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import Field, SecretStr

from executor_service.api.connection_bodies import Body, ConnectionPath
from executor_service.api.links_api import ContactPath
from executor_service.api.noting import Noting
from executor_service.connections.directory import ErpDirectory
from executor_service.pins.second_factor import SecondFactor
from shared.contracts.base import Contract, Timestamp
from shared.http.guard import Guard
from shared.http.responses import json_response

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=6)]


class LimitsBody(Body):
    """Amounts by currency above which an approval needs the person's PIN; none: no approval does.

    Where there is any, what is in another currency needs it too.
    """

    limits: dict[Currency, Amount] = Field(max_length=20)


class LimitsView(Contract):
    limits: dict[str, str]


class PinBody(Body):
    """4 to 8 digits that the administrator tells the person, who changes them by writing "set PIN"."""

    pin: SecretStr = Field(max_length=20)


class PinView(Contract):
    """Whether a contact has a PIN, never which; `locked_until` is there while no try is taken."""

    is_set: bool
    locked_until: Timestamp | None = None


def approval_api(directory: ErpDirectory, second_factor: SecondFactor, guard: Guard, noting: Noting) -> APIBlueprint:
    """For administrators: they decide what is large."""
    api = guard.blueprint("approval", __name__, url_prefix="/api", role="administrator")

    def view(connection_id: str) -> Response:
        limits = second_factor.limits.of(connection_id)
        return json_response(LimitsView(limits={name: format(amount, "f") for name, amount in limits.items()}))

    @api.get("/connections/<connection_id>/limits", summary="Limits without PIN", responses={"200": LimitsView})
    def show(path: ConnectionPath) -> Response:
        return view(directory.connections.get(path.connection_id).id)

    @api.put("/connections/<connection_id>/limits", summary="Set them", responses={"200": LimitsView})
    def change(path: ConnectionPath, body: LimitsBody) -> Response:
        connection_id = directory.connections.get(path.connection_id).id
        second_factor.limits.save(connection_id, body.limits)
        noting.note("connection.limits", connection_id, {name: str(amount) for name, amount in body.limits.items()})
        return view(connection_id)

    @api.get("/links/<contact_id>/pin", summary="Whether a contact has a PIN", responses={"200": PinView})
    def show_pin(path: ContactPath) -> Response:
        pins, contact_id = second_factor.pins, path.contact_id
        return json_response(PinView(is_set=pins.has(contact_id), locked_until=pins.locked_until(contact_id)))

    @api.put("/links/<contact_id>/pin", summary="Give a contact a PIN", responses={"204": None})
    def give_pin(path: ContactPath, body: PinBody) -> Response:
        second_factor.pins.save(path.contact_id, body.pin.get_secret_value())
        noting.note("pin.save", path.contact_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.delete("/links/<contact_id>/pin", summary="Forget a contact's PIN and its lock", responses={"204": None})
    def remove_pin(path: ContactPath) -> Response:
        second_factor.pins.delete(path.contact_id)
        noting.note("pin.delete", path.contact_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    return api
