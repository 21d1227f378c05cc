"""Files that people send: attached where their caption names a document, else explained."""

from __future__ import annotations

import pytest

from interpreter_service.received import attach_arguments
from shared.contracts.turns import MediaInput
from tests.interpreter_service.conftest import House, text_of

PDF = MediaInput(media="document", media_type="application/pdf", filename="guia.pdf", artifact_id="art-1")


def sent(**changed: object) -> MediaInput:
    return PDF.model_copy(update=changed)


def test_file_with_a_number_below_it_is_to_be_attached_there() -> None:
    assert attach_arguments(sent(caption=" adjunta a la factura 377 ")) == {
        "name": "adjunta a la factura 377",
        "file": "art-1",
        "filename": "guia.pdf",
    }


@pytest.mark.parametrize(
    ("media", "media_type", "name"),
    [("image", "image/jpeg", "foto.jpg"), ("document", "application/pdf; x=y", "archivo.pdf"), ("video", "?", "video")],
)
def test_file_without_a_name_gets_one(media: str, media_type: str, name: str) -> None:
    found = attach_arguments(sent(media=media, media_type=media_type, filename="", caption="OC 55"))
    assert found is not None
    assert found["filename"] == name


@pytest.mark.parametrize("changed", [{"caption": "mira esto"}, {"caption": "OC 55", "artifact_id": None}])
def test_without_a_number_or_a_kept_file_nothing_is_attached(changed: dict[str, object]) -> None:
    assert attach_arguments(sent(**changed)) is None


def test_sent_file_becomes_a_call_that_asks_for_approval(house: House) -> None:
    house.executor.gives("document.attach", text="¿Adjunto guia.pdf a la factura 377?")
    response = house.turn(sent(caption="factura 377"))
    assert (response.route, text_of(response)) == ("attach", "¿Adjunto guia.pdf a la factura 377?")
    assert house.executor.calls[0].arguments["file"] == "art-1"


def test_file_without_a_caption_is_explained(house: House) -> None:
    response = house.turn(sent())
    assert response.route == "media"
    assert "ACC-SINV" in text_of(response)
