"""The console's side of links: which contact is which ERP user, and the codes that link a phone."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StrictStr, model_validator

from executor_service.api.noting import Noting
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.link_codes import CODE_LIFETIME
from executor_service.connections.model import DEFAULT_CONNECTION, Credentials, Link, LinkDraft
from shared.contracts.base import Contract, Language, Timestamp
from shared.errors import NotFound
from shared.http.guard import Guard
from shared.http.responses import json_response


class LinkView(Contract):
    """`has_key` says whether the person's own key is stored; the demo's people need none."""

    contact_id: str
    connection_id: str
    erp_user: str
    groups: tuple[str, ...]
    company: str
    language: Language | None
    has_key: bool
    linked_at: Timestamp


class LinkList(Contract):
    """Links by contact; `next` is the `after` of the following page."""

    links: tuple[LinkView, ...]
    next: str | None = None


class LinkQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    after: str = Field("", max_length=40)
    limit: int = Field(100, ge=1, le=200)


class NewLink(BaseModel):
    """Which ERP user a contact will be, with that user's own API key."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    erp_user: StrictStr = Field(min_length=1, max_length=140)
    connection_id: StrictStr = Field(DEFAULT_CONNECTION, max_length=40)
    api_key: SecretStr | None = Field(None, max_length=200)
    api_secret: SecretStr | None = Field(None, max_length=200)
    groups: tuple[StrictStr, ...] = Field((), max_length=50)
    company: StrictStr = Field("", max_length=140)
    language: Language | None = None

    @model_validator(mode="after")
    def _key_is_whole(self) -> NewLink:
        if (self.api_key is None) != (self.api_secret is None):
            raise ValueError("api_key and api_secret go together")
        return self

    def draft(self) -> LinkDraft:
        credentials = None
        if self.api_key is not None and self.api_secret is not None:
            credentials = Credentials(key=self.api_key.get_secret_value(), secret=self.api_secret.get_secret_value())
        return LinkDraft(
            connection_id=self.connection_id,
            erp_user=self.erp_user,
            credentials=credentials,
            groups=self.groups,
            company=self.company,
            language=self.language,
        )


class NewCode(Contract):
    """Shown once: the person sends it from the phone within `expires_in_seconds`."""

    code: str
    expires_in_seconds: int


class ContactPath(BaseModel):
    contact_id: str = Field(max_length=40)


def links_api(directory: ErpDirectory, guard: Guard, noting: Noting) -> APIBlueprint:
    """For administrators: a link decides whose rights a contact has."""
    api = guard.blueprint("links", __name__, url_prefix="/api", role="administrator")

    @api.get("/links", summary="Links by contact", responses={"200": LinkList})
    def links(query: LinkQuery) -> Response:
        found = directory.links.page(after=query.after, limit=query.limit)
        more = found[-1].contact_id if len(found) == query.limit else None
        return json_response(LinkList(links=tuple(_link(one) for one in found), next=more))

    @api.post("/link-codes", summary="A one-time code that links a phone", responses={"201": NewCode})
    def new_code(body: NewLink) -> Response:
        directory.connections.get(body.connection_id)
        directory.try_key(body.draft())
        code = directory.codes.create(body.draft())
        noting.note("link_code.create", body.connection_id, {"erp_user": body.erp_user})
        made = NewCode(code=code, expires_in_seconds=int(CODE_LIFETIME.total_seconds()))
        return json_response(made, HTTPStatus.CREATED)

    @api.put("/links/<contact_id>", summary="Link a contact without a code", responses={"200": LinkView})
    def link(path: ContactPath, body: NewLink) -> Response:
        directory.connections.get(body.connection_id)
        directory.try_key(body.draft())
        saved = directory.links.save(path.contact_id, body.draft())
        noting.note("link.save", path.contact_id, {"erp_user": body.erp_user})
        return json_response(_link(saved))

    @api.delete("/links/<contact_id>", summary="Take a contact's rights away", responses={"204": None})
    def unlink(path: ContactPath) -> Response:
        if not directory.links.delete(path.contact_id):
            raise NotFound("this contact is not linked")
        noting.note("link.delete", path.contact_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    return api


def _link(one: Link) -> LinkView:
    return LinkView(
        contact_id=one.contact_id,
        connection_id=one.connection_id,
        erp_user=one.erp_user,
        groups=one.groups,
        company=one.company,
        language=one.language,
        has_key=one.sealed_key is not None,
        linked_at=one.linked_at,
    )
