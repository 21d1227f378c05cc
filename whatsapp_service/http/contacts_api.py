"""`/api/contacts`: who writes to us."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint
from sqlalchemy import Connection

from shared.audit import Audit
from shared.errors import InvalidArguments
from shared.http.guard import Guard
from shared.http.responses import json_response
from whatsapp_service import reading
from whatsapp_service.changes import NewChange, append_changes
from whatsapp_service.forgetting import forget_contact
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.rendering import contact_views
from whatsapp_service.http.views import ContactChange, ContactPage, ContactQuery, ContactView, IdPath, NewContact
from whatsapp_service.inbox.phones import only_digits
from whatsapp_service.people_store import change_contact


def contacts_api(gateway: Gateway, guard: Guard, audit: Audit) -> APIBlueprint:
    """Reading is for viewers, changing for operators."""
    api = guard.blueprint("contacts", __name__, url_prefix="/api/contacts")

    @api.get("", summary="Contacts, newest first", responses={"200": ContactPage})
    def list_contacts(query: ContactQuery) -> Response:
        phone = digits_of(query.phone) if query.phone is not None else None
        with gateway.database.read() as connection:
            rows = reading.contact_page(connection, cursor=query.cursor, phone=phone, limit=query.limit)
            views = contact_views(connection, rows)
        return json_response(ContactPage(contacts=views, next=views[-1].id if len(views) == query.limit else None))

    @api.get("/<record_id>", summary="A contact", responses={"200": ContactView})
    def get_contact(path: IdPath) -> Response:
        return json_response(_view(gateway, path.record_id))

    @api.post("", summary="Add a contact by phone", responses={"201": ContactView, "200": ContactView})
    @guard.require("operator")
    def add_contact(body: NewContact) -> Response:
        phone, now, actor = digits_of(body.phone), gateway.now(), guard.user().id

        def work(connection: Connection) -> tuple[str, bool]:
            made = gateway.people.add_contact(connection, phone, body.name, body.language, now)
            if made[1]:
                audit.record(connection, actor, "contact.add", made[0])
            return made

        contact_id, is_new = gateway.database.write(work)
        return json_response(_view(gateway, contact_id), 201 if is_new else 200)

    @api.patch("/<record_id>", summary="Change a contact", responses={"200": ContactView})
    @guard.require("operator")
    def patch_contact(path: IdPath, body: ContactChange) -> Response:
        actor = guard.user().id

        def work(connection: Connection) -> list[str]:
            touched = change_contact(connection, path.record_id, **body.model_dump())
            audit.record(connection, actor, "contact.change", path.record_id)
            append_changes(connection, gateway.now(), [NewChange(one, "conversation") for one in touched])
            return touched

        for conversation_id in gateway.database.write(work):
            gateway.show_conversation(conversation_id)
        return json_response(_view(gateway, path.record_id))

    @api.delete("/<record_id>", summary="Forget a contact and all that was said with them", responses={"204": None})
    @guard.require("administrator")
    def forget(path: IdPath) -> Response:
        actor = guard.user().id

        def work(connection: Connection) -> None:
            forget_contact(connection, path.record_id)
            audit.record(connection, actor, "contact.forget", path.record_id, {"room": "gateway"})

        gateway.database.write(work)
        return Response(status=204)

    return api


def digits_of(phone: str) -> str:
    """The phone as stored; raises InvalidArguments for what cannot be one."""
    digits = only_digits(phone)
    if not digits:
        raise InvalidArguments("not a phone number with country code", errors=({"where": "phone", "what": "digits"},))
    return digits


def _view(gateway: Gateway, contact_id: str) -> ContactView:
    with gateway.database.read() as connection:
        return contact_views(connection, [reading.contact(connection, contact_id)])[0]
