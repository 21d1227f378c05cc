"""A neutral outgoing message as request bodies that the Cloud API accepts.

A question keeps its buttons as long as there are three or fewer, becomes a list up to ten, and numbered text beyond.
"""

from __future__ import annotations

from whatsapp_service.channels.address import Address
from whatsapp_service.channels.cleaning import clean_text
from whatsapp_service.channels.clusters import utf16_units
from whatsapp_service.channels.filenames import display_name
from whatsapp_service.channels.outgoing import OutChoices, OutFile, Outgoing, OutOption, OutTemplate, OutText
from whatsapp_service.channels.splitting import fit_title, fit_titles, one_line, split_tail, split_text
from whatsapp_service.channels.types import Json
from whatsapp_service.channels.whatsapp import limits


def wa_messages(
    message: Outgoing,
    to: Address,
    *,
    media_id: str = "",
    callback: str = "",
    reply_to: str | None = None,
) -> list[Json]:
    """The bodies to send one after the other; none when there is nothing to say.

    Args:
        message: what to send.
        to: a phone goes to `to`, a user id to `recipient`: a user id in `to` vanishes without an error.
        media_id: the uploaded file of an `OutFile`.
        callback: echoed in statuses; with several bodies each gets its number: `key:1`, `key:2`.
        reply_to: the message that the first body quotes.

    Raises:
        ValueError: an address that cannot be written to, a file without `media_id`, a callback over 512 units.
    """
    parts = _parts(message, media_id)
    envelope = {"messaging_product": "whatsapp", "recipient_type": "individual", **_target(to)}
    bodies = [{**envelope, **part} for part in parts]
    if reply_to and bodies:
        bodies[0]["context"] = {"message_id": reply_to}
    for number, body in enumerate(bodies, 1):
        if callback:
            body["biz_opaque_callback_data"] = _callback(callback, number, len(bodies))
    return bodies


def _parts(message: Outgoing, media_id: str) -> list[Json]:
    match message:
        case OutText():
            return _texts(message.text)
        case OutFile():
            return _file(message, media_id)
        case OutChoices():
            return _choices(message)
        case OutTemplate():
            template = {"name": message.name, "language": {"code": message.language}}
            return [{"type": "template", "template": template}]


def _target(to: Address) -> Json:
    match to.kind:
        case "phone":
            return {"to": to.value}
        case "bsuid" | "parent_bsuid":
            return {"recipient": to.value}
        case _:
            raise ValueError(f"cannot write to an address of kind {to.kind}")


def _callback(callback: str, number: int, count: int) -> str:
    data = callback if count == 1 else f"{callback}:{number}"
    if len(data) > limits.MAX_CALLBACK_DATA:
        raise ValueError(f"callback data is longer than {limits.MAX_CALLBACK_DATA}")
    return data


def _texts(text: str) -> list[Json]:
    pieces = (piece.strip("\r\n ") for piece in split_text(text, limits.MAX_TEXT))
    return [{"type": "text", "text": {"body": piece, "preview_url": False}} for piece in pieces if piece.strip()]


def _file(message: OutFile, media_id: str) -> list[Json]:
    """The file, with its caption where it fits. A longer one goes ahead as text: text behind a file arrives first."""
    if not media_id:
        raise ValueError("the file was not uploaded")
    caption = clean_text(message.caption).strip()
    fits = message.file_kind != "audio" and utf16_units(caption) <= limits.MAX_CAPTION
    media: Json = {"id": media_id}
    if caption and fits:
        media["caption"] = caption
    if message.file_kind == "document":
        media["filename"] = display_name(message.filename)
    ahead = [] if fits else _texts(caption)
    return [*ahead, {"type": message.file_kind, message.file_kind: media}]


def _choices(message: OutChoices) -> list[Json]:
    if not message.options:
        return _texts(_joined(message.header, message.text, message.footer))
    if len(message.options) > limits.MAX_ROWS:
        return _texts(_joined(message.header, message.text, _numbered(message.options), message.footer))
    described = any(option.description for option in message.options)
    if len(message.options) <= limits.MAX_BUTTONS and not described:
        return _buttons(message)
    return _list(message)


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in (clean_text(text).strip() for text in blocks) if block)


def _numbered(options: tuple[OutOption, ...]) -> str:
    return "\n".join(f"{number}. {_full(option)}" for number, option in enumerate(options, 1))


def _full(option: OutOption) -> str:
    return f"{option.title}: {option.description}" if option.description else option.title


def _buttons(message: OutChoices) -> list[Json]:
    titles = fit_titles((option.title for option in message.options), limits.MAX_BUTTON_TITLE)
    buttons = [
        {"type": "reply", "reply": {"id": option.id, "title": title}}
        for option, title in zip(message.options, titles, strict=True)
    ]
    return _interactive("button", message, titles, limits.MAX_BUTTONS_BODY, {"buttons": buttons})


def _list(message: OutChoices) -> list[Json]:
    titles = fit_titles((option.title for option in message.options), limits.MAX_ROW_TITLE)
    rows = [_row(option, title) for option, title in zip(message.options, titles, strict=True)]
    action = {"button": fit_title(message.button, limits.MAX_LIST_BUTTON), "sections": [{"rows": rows}]}
    return _interactive("list", message, titles, limits.MAX_LIST_BODY, action)


def _row(option: OutOption, title: str) -> Json:
    row = {"id": option.id, "title": title}
    if one_line(option.description):
        row["description"] = fit_title(option.description, limits.MAX_ROW_DESCRIPTION)
    return row


def _interactive(kind: str, message: OutChoices, titles: list[str], body_limit: int, action: Json) -> list[Json]:
    """The question; what its body cannot hold goes ahead as text, and what was cut anywhere is repeated in full."""
    header, footer = one_line(message.header), one_line(message.footer)
    blocks = [message.text, _cut_options(message.options, titles)]
    if utf16_units(header) > limits.MAX_HEADER:
        blocks, header = [header, *blocks], ""
    if utf16_units(footer) > limits.MAX_FOOTER:
        blocks, footer = [*blocks, footer], ""
    ahead, body = split_tail(_joined(*blocks), body_limit)
    interactive: Json = {"type": kind, "body": {"text": body or header or fit_title("", 1)}, "action": action}
    if header:
        interactive["header"] = {"type": "text", "text": header}
    if footer:
        interactive["footer"] = {"text": footer}
    return [*_texts(ahead), {"type": "interactive", "interactive": interactive}]


def _cut_options(options: tuple[OutOption, ...], titles: list[str]) -> str:
    """The full words of the options that did not fit, each behind the number of its place."""
    pairs = enumerate(zip(options, titles, strict=True), 1)
    return "\n".join(f"{number}. {_full(option)}" for number, (option, title) in pairs if _is_cut(option, title))


def _is_cut(option: OutOption, title: str) -> bool:
    return title != one_line(option.title) or utf16_units(one_line(option.description)) > limits.MAX_ROW_DESCRIPTION
