"""A report asked for from a phone: the right figures, a picture and a spreadsheet, in three languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.acceptance.conftest import MakePhone
from tests.acceptance.figures import picture_size, sales_of, sheet_rows, written
from tests.acceptance.phone import Phone
from tests.acceptance.server import eventually

ASKED = {
    "es": ("ventas por cliente del mes pasado", "y el anterior?"),
    "pt": ("vendas por cliente do mês passado", "e o anterior?"),
    "en": ("sales by customer last month", "and the one before?"),
}


@pytest.mark.parametrize("language", ASKED)
def test_report_has_the_erps_total_in_the_words_of_the_phones_country(make_phone: MakePhone, language: str) -> None:
    phone, (question, follow_up) = make_phone(language), ASKED[language]
    assert written(sales_of("oct_2026"), language) in phone.ask(question)
    assert written(sales_of("sep_2026"), language) in phone.ask(follow_up)
    eventually(lambda: len(phone.files()) == 4, "two pictures and two sheets")
    assert len(phone.texts) == 2


def test_report_brings_a_picture_and_a_sheet_with_the_same_total(phone: Phone) -> None:
    phone.say("ventas por cliente del mes pasado")
    picture, sheet = eventually(lambda: phone.files() if len(phone.files()) == 2 else None, "two files")
    text, image, document = phone.heard
    assert (text["type"], image["type"], document["type"]) == ("text", "image", "document")
    assert picture.media_type == "image/png"
    assert min(picture_size(picture.content)) >= 400
    assert document["document"]["filename"] == sheet.filename
    assert sheet.filename.endswith(".xlsx")
    last = [cell for cell in sheet_rows(sheet.content)[-1] if cell is not None]
    assert Decimal(str(last[-1])).quantize(Decimal("0.01")) == sales_of("oct_2026")


def test_answer_is_shown_in_another_form_without_a_second_report(phone: Phone) -> None:
    whole = phone.ask("ventas por cliente del mes pasado")
    sheet = eventually(lambda: phone.files() if len(phone.files()) == 2 else None, "two files")[1]
    names = [str(row[0]) for row in sheet_rows(sheet.content)[4:-1]]
    name = next(word for word in names[0].split() if len(word) > 4 and word.isalpha())
    filtered = phone.ask(f"solo {name}")
    assert f"solo «{name}»: " in filtered
    assert whole.splitlines()[1] in filtered
    assert "Suma de lo mostrado" in filtered
    assert written(sales_of("oct_2026"), "es") not in filtered
    phone.say("en un gráfico")
    picture = eventually(lambda: phone.files()[2] if len(phone.files()) == 3 else None, "a picture")
    assert min(picture_size(picture.content)) >= 200
    phone.say("mándalo en excel")
    small = eventually(lambda: phone.files()[3] if len(phone.files()) == 4 else None, "a sheet")
    shown = [row[0] for row in sheet_rows(small.content)[4:]]
    assert shown == [one for one in names if name.lower() in one.lower()] + ["Suma de lo mostrado"]
