"""Documents as PDF files."""

from __future__ import annotations

from flask import Response

from demo_erp.documents import find_row, get_document
from demo_erp.permissions import require
from demo_erp.site import Call


def download_pdf(call: Call) -> object:
    """The PDF of a document in the one print format there is; other formats fall back to it, as recorded."""
    doctype = call.doctype(str(call.arguments.get("doctype")))
    name = str(call.arguments.get("name"))
    require(call, doctype, "print", traced=False)
    if find_row(call, doctype, name) is None:
        raise call.not_found(doctype.name, name)
    document = get_document(call, doctype.name, name)
    # Drawing libraries take a second to load, which only those who print should wait for.
    from demo_erp.paper import draw

    content = draw(doctype, document, call.language)
    headers = {"Content-Disposition": f"filename={name}.pdf"}
    return Response(content, 200, headers, content_type="application/pdf")
