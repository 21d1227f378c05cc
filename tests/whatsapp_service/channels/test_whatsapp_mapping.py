from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_service.channels.address import Address
from whatsapp_service.channels.clusters import utf16_units
from whatsapp_service.channels.outgoing import OutChoices, OutFile, Outgoing, OutOption, OutText
from whatsapp_service.channels.whatsapp.mapping import wa_messages

PHONE = Address("phone", "12025550143")
BSUID = Address("bsuid", "US.7310482650917734")


def options(count: int, title: str = "Opción", description: str = "") -> tuple[OutOption, ...]:
    return tuple(OutOption(f"o{number}", f"{title} {number}", description) for number in range(1, count + 1))


def sent(message: Outgoing) -> list[dict[str, Any]]:
    """The typed blocks of the bodies."""
    return [body[body["type"]] for body in wa_messages(message, PHONE, media_id="m1")]


def test_text_has_the_documented_body() -> None:
    (body,) = wa_messages(OutText("hola"), PHONE, callback="outbox:8812", reply_to="wamid.q")
    assert body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "12025550143",
        "type": "text",
        "text": {"body": "hola", "preview_url": False},
        "context": {"message_id": "wamid.q"},
        "biz_opaque_callback_data": "outbox:8812",
    }


def test_user_id_goes_to_recipient_and_never_to_to() -> None:
    (body,) = wa_messages(OutText("hola"), BSUID)
    assert body["recipient"] == BSUID.value
    assert "to" not in body


def test_address_of_another_channel_is_refused() -> None:
    with pytest.raises(ValueError, match="kind telegram"):
        wa_messages(OutText("hola"), Address("telegram", "7"))


def test_long_text_is_split_and_only_the_first_part_quotes() -> None:
    bodies = wa_messages(OutText("palabra " * 1200), PHONE, callback="k", reply_to="wamid.q")
    assert [body["biz_opaque_callback_data"] for body in bodies] == ["k:1", "k:2", "k:3"]
    assert [("context" in body) for body in bodies] == [True, False, False]
    assert " ".join(body["text"]["body"] for body in bodies) == ("palabra " * 1200).strip()


@pytest.mark.parametrize("text", ["", " \n ", "\x00"])
def test_nothing_to_say_gives_no_body(text: str) -> None:
    assert wa_messages(OutText(text), PHONE, reply_to="wamid.q") == []


def test_callback_data_over_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        wa_messages(OutText("hola"), PHONE, callback="k" * 513)


def test_document_has_caption_and_name() -> None:
    file = OutFile("document", "a1", "../factura.pdf", "application/pdf", "Factura 4711")
    assert sent(file) == [{"id": "m1", "caption": "Factura 4711", "filename": "factura.pdf"}]


def test_image_has_no_name() -> None:
    assert sent(OutFile("image", "a1", "x.png", "image/png", "Ventas")) == [{"id": "m1", "caption": "Ventas"}]


@pytest.mark.parametrize(("kind", "caption"), [("audio", "Nota"), ("image", "x" * 1025)])
def test_caption_that_does_not_fit_goes_ahead(kind: Any, caption: str) -> None:
    text, media = sent(OutFile(kind, "a1", "f", "t", caption))
    assert (text["body"], media) == (caption, {"id": "m1"})


def test_file_that_was_not_uploaded_is_refused() -> None:
    with pytest.raises(ValueError, match="not uploaded"):
        wa_messages(OutFile("image", "a1", "x.png", "image/png"), PHONE)


def test_three_options_are_buttons() -> None:
    (block,) = sent(OutChoices("¿Confirmas?", options(3), header="Pedido", footer="4711"))
    assert block == {
        "type": "button",
        "header": {"type": "text", "text": "Pedido"},
        "body": {"text": "¿Confirmas?"},
        "footer": {"text": "4711"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": f"o{n}", "title": f"Opción {n}"}} for n in (1, 2, 3)]},
    }


@pytest.mark.parametrize("count", [4, 10])
def test_up_to_ten_options_are_a_list(count: int) -> None:
    (block,) = sent(OutChoices("Elige", options(count, description="Vence 30/09"), button="Ver opciones"))
    (section,) = block["action"]["sections"]
    assert (block["type"], block["action"]["button"], len(section["rows"])) == ("list", "Ver opciones", count)
    assert section["rows"][0] == {"id": "o1", "title": "Opción 1", "description": "Vence 30/09"}


def test_options_with_descriptions_are_a_list_even_when_few() -> None:
    (block,) = sent(OutChoices("Elige", options(2, description="Vence 30/09")))
    assert block["type"] == "list"


def test_more_than_ten_options_are_numbered_text() -> None:
    (block,) = sent(OutChoices("Elige", options(11), header="Clientes"))
    assert block["body"].startswith("Clientes\n\nElige\n\n1. Opción 1\n")
    assert block["body"].endswith("11. Opción 11")


def test_no_options_are_plain_text() -> None:
    assert sent(OutChoices("Nada", ())) == [{"body": "Nada", "preview_url": False}]


def test_cut_titles_stay_distinct_and_are_repeated_in_full() -> None:
    wanted = (OutOption("n", "Comercial del Norte de Sonora"), OutOption("s", "Comercial del Norte de Sinaloa"))
    (block,) = sent(OutChoices("¿Cuál?", wanted))
    titles = [button["reply"]["title"] for button in block["action"]["buttons"]]
    assert titles == ["Comercial del Norte…", "Comercial del Nor… 2"]
    assert block["body"]["text"] == ("¿Cuál?\n\n1. Comercial del Norte de Sonora\n2. Comercial del Norte de Sinaloa")


def test_cut_description_is_repeated_in_full() -> None:
    (block,) = sent(OutChoices("Elige", (OutOption("a", "A", "x" * 73), OutOption("b", "B", "corta"))))
    assert block["body"]["text"] == f"Elige\n\n1. A: {'x' * 73}"


def test_body_too_long_for_buttons_goes_ahead_as_text() -> None:
    text, block = sent(OutChoices("Primera parte. " * 100 + "¿Confirmas?", options(2)))
    assert block["body"]["text"].endswith("¿Confirmas?")
    assert f"{text['body']} {block['body']['text']}" == "Primera parte. " * 100 + "¿Confirmas?"


def test_long_header_and_footer_move_into_the_body() -> None:
    (block,) = sent(OutChoices("cuerpo", options(1), header="h" * 61, footer="f" * 61))
    assert block["body"]["text"] == f"{'h' * 61}\n\ncuerpo\n\n{'f' * 61}"
    assert "header" not in block
    assert "footer" not in block


@pytest.mark.parametrize("option_id", ["", "x" * 65, "ñ" * 33])
def test_option_id_no_channel_can_carry_is_refused(option_id: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        OutOption(option_id, "Sí")


def test_options_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="share an id"):
        OutChoices("?", (OutOption("a", "Sí"), OutOption("a", "No")))


LONG = st.text(max_size=8) | st.sampled_from(["palabra " * 200, "x" * 5000, "👩🏽‍💻" * 30, "\n\n", ""])
OPTIONS = st.lists(st.tuples(LONG, LONG), max_size=12).map(
    lambda pairs: tuple(OutOption(str(number), *pair) for number, pair in enumerate(pairs))
)


@given(st.builds(OutChoices, LONG, OPTIONS, LONG, LONG, LONG))
def test_any_choices_stay_within_every_limit(message: OutChoices) -> None:
    for body in wa_messages(message, PHONE, callback="k"):
        if body["type"] == "text":
            assert 0 < utf16_units(body["text"]["body"]) <= 4096
        else:
            check_interactive(body["interactive"])


def check_interactive(block: dict[str, Any]) -> None:
    is_list = block["type"] == "list"
    assert 0 < utf16_units(block["body"]["text"]) <= (4096 if is_list else 1024)
    assert all(0 < utf16_units(part) <= 60 for part in small_parts(block))
    if is_list:
        rows = block["action"]["sections"][0]["rows"]
        titles, limit, most = [row["title"] for row in rows], 24, 10
        assert all(0 < utf16_units(row.get("description", "-")) <= 72 for row in rows)
        assert 0 < utf16_units(block["action"]["button"]) <= 20
    else:
        titles, limit, most = [button["reply"]["title"] for button in block["action"]["buttons"]], 20, 3
    assert len(set(titles)) == len(titles) <= most
    assert all(0 < utf16_units(title) <= limit for title in titles)


def small_parts(block: dict[str, Any]) -> list[str]:
    return [block[name]["text"] for name in ("header", "footer") if name in block]
