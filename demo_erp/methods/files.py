"""Files that are attached to documents."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Any

from flask import Request, Response, request

from demo_erp.documents import complete, find_row, get_document
from demo_erp.permissions import require
from demo_erp.requests import is_true
from demo_erp.responses import html_error
from demo_erp.rows import random_name, save_row, stamp
from demo_erp.site import Call, Document


def upload_file(call: Call) -> object:
    """Stores the file of a multipart request, attached to a document when one is named."""
    doctype, name = call.arguments.get("doctype"), call.arguments.get("docname")
    if doctype:
        require(call, call.doctype(str(doctype)), "write", traced=False)
    incoming: Request = request
    sent = incoming.files.get("file")
    if sent is None or not sent.filename:
        raise call.refuse("file_missing", kind="frappe.exceptions.MandatoryError")
    if doctype:
        get_document(call, str(doctype), str(name))
    document = _document(call, sent.filename, sent.stream.read())
    if doctype:
        document |= {"attached_to_doctype": doctype, "attached_to_name": name}
    with call.store.transaction():
        save_row(call, call.doctype("File"), document, is_new=True)
    row = find_row(call, call.doctype("File"), document["name"]) or {}
    return complete(call, call.doctype("File"), row, keep_nulls=False)


def download(call: Call, path: str) -> Response:
    """The content of a stored file. A private one is for those who may read what it is attached to."""
    row = call.store.row("SELECT * FROM tabFile WHERE file_url = ?", (path,))
    if row is None:
        return html_error(404, "Not Found", path)
    if row["is_private"]:
        if call.is_guest:
            return html_error(403, "Forbidden", call.say("file_forbidden"))
        if row["attached_to_doctype"]:
            get_document(call, row["attached_to_doctype"], row["attached_to_name"])
    kind = mimetypes.guess_type(row["file_name"])[0] or "application/octet-stream"
    headers = {"Content-Disposition": f"inline; filename={row['file_name']}"}
    return Response(row["_content"], 200, headers, content_type=kind)


def _document(call: Call, filename: str, content: bytes) -> Document:
    private = is_true(call.arguments.get("is_private"))
    document: dict[str, Any] = {
        "name": random_name(),
        "docstatus": 0,
        "idx": 0,
        "file_name": filename,
        "is_private": int(private),
        "file_type": filename.rpartition(".")[2].upper(),
        "file_size": len(content),
        "file_url": f"/private/files/{filename}" if private else f"/files/{filename}",
        "folder": call.arguments.get("folder") or "Home",
        "content_hash": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "_content": content,
        **dict.fromkeys(("is_home_folder", "is_attachments_folder", "is_folder"), 0),
        **dict.fromkeys(("uploaded_to_dropbox", "uploaded_to_google_drive"), 0),
    }
    stamp(call, document, is_new=True)
    return document
