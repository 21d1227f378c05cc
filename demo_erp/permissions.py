"""Who may do what: role permissions per DocType and User Permissions per document."""

from __future__ import annotations

from demo_erp.approval import states_of
from demo_erp.errors import FrappeError
from demo_erp.meta import DocType, Field
from demo_erp.site import Call, Document

IMPLICIT_ROLES = ("All", "Guest", "Desk User")
"""Roles that everybody has who signed in."""


def roles_of(call: Call) -> tuple[str, ...]:
    """All roles of the caller, with those that every signed-in user has."""
    return ("Guest",) if call.is_guest else (*call.person.roles, *IMPLICIT_ROLES)


def may(call: Call, doctype: DocType, right: str) -> bool:
    """Whether the caller's roles give a right (`read`, `write`, `submit`, ...) on a DocType."""
    if call.is_administrator:
        return True
    if doctype.permissions is None:
        return not call.is_guest and (right in ("read", "report", "print") or _may_change(call, doctype))
    roles = roles_of(call)
    return any(
        rule.get(right) and rule["role"] in roles and not rule.get("permlevel") and not rule.get("if_owner")
        for rule in doctype.permissions
    )


def require(call: Call, doctype: DocType, right: str, *, traced: bool = True) -> None:
    """Raises the 403 of Frappe unless the caller's roles give the right."""
    if may(call, doctype, right):
        return
    label = doctype.label_in(call.language)
    text = call.say("no_role_access", user=call.person.user, label=label)
    raise FrappeError(
        403,
        "frappe.exceptions.PermissionError",
        messages=(call.message(text, thrown=False),),
        error_message=call.say("no_permission_for", label=label),
        traced=traced,
    )


def require_document(call: Call, doctype: DocType, document: Document) -> None:
    """Raises the 403 for one document: no role, or a User Permission for other values."""
    label = doctype.label_in(call.language)
    if not may(call, doctype, "read"):
        first = call.say("no_role_access", user=call.person.user, label=label)
        second = call.say("no_document_access", user=call.person.user)
        raise _refusal(call, f"{first}<br>{second}")
    outside = outside_user_permission(call, doctype, document)
    if outside is None:
        return
    first = call.say(
        "not_allowed_value",
        label=label,
        linked=call.label(outside.options),
        value=document[outside.fieldname],
        field=outside.label_in(call.language),
    )
    named = call.say("no_named_access", user=call.person.user, label=label, name=document["name"])
    raise _refusal(call, f"{first}<br>{named}")


def outside_user_permission(call: Call, doctype: DocType, document: Document) -> Field | None:
    """The link whose value the caller may not see; empty links are free."""
    for target in allowed_values(call):
        for link in _limited_fields(doctype, target):
            value = document.get(link.fieldname)
            if value and value not in allowed_values(call)[target]:
                return link
    return None


def user_permission_sql(call: Call, doctype: DocType, alias: str) -> tuple[list[str], list[object]]:
    """Conditions that keep the rows which the caller's User Permissions allow."""
    conditions: list[str] = []
    values: list[object] = []
    for target, allowed in allowed_values(call).items():
        marks = ", ".join("?" * len(allowed))
        for link in _limited_fields(doctype, target):
            column = f'{alias}."{link.fieldname}"'
            conditions.append(f"(ifnull({column}, '') = '' OR {column} IN ({marks}))")
            values += allowed
    if doctype.name == "Workflow Action":
        states = states_of(roles_of(call))
        conditions.append(f"{alias}.workflow_state IN ({', '.join('?' * len(states))})")
        values += states
    return conditions, values


def allowed_values(call: Call) -> dict[str, list[str]]:
    """The values that the caller's User Permissions allow, by DocType, with those below them in a tree."""
    allowed: dict[str, list[str]] = {}
    for target, value in call.person.user_permissions:
        sql = (
            "SELECT below.name FROM tabTerritory AS below JOIN tabTerritory AS top"
            " ON below.lft >= top.lft AND below.rgt <= top.rgt WHERE top.name = ?"
        )
        below = [row["name"] for row in call.store.rows(sql, (value,))] if target == "Territory" else [value]
        allowed.setdefault(target, []).extend(below)
    return allowed


def _limited_fields(doctype: DocType, target: str) -> list[Field]:
    own = [Field("name", "Link", "ID", "ID", target)] if doctype.name == target else []
    return own + [link for link in doctype.links if link.options == target and doctype.name != target]


def _may_change(call: Call, doctype: DocType) -> bool:
    # Everybody comments and attaches files; the rest of what is not described is set up by administrators.
    return doctype.name in ("Comment", "File") or "System Manager" in call.person.roles


def _refusal(call: Call, text: str) -> FrappeError:
    messages = (call.message(text, thrown=False),)
    return FrappeError(403, "frappe.exceptions.PermissionError", messages=messages)
