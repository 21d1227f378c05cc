"""Values taken out of sentences, in three languages."""

from __future__ import annotations

import time
from datetime import date

import pytest

from executor_service.flows.answers.dates import read_date
from executor_service.flows.answers.email import read_email
from executor_service.flows.answers.model import Refused, Taken
from executor_service.flows.answers.number import read_number
from executor_service.flows.answers.options import read_options
from executor_service.flows.answers.phone import country_of, read_phone
from executor_service.flows.answers.regex import read_regex
from executor_service.flows.patterns import PatternRefused
from executor_service.flows.session_model import WaitOption

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("ana@acme.pe", "ana@acme.pe"),
        ("mi correo es Ana.Perez@Acme.com.br, gracias", "ana.perez@acme.com.br"),
        ("<mailto:a@b.co>", "a@b.co"),
        ("es a@b.co (a@b.co)", "a@b.co"),
        ("claro: ana+ventas@acme.pe!", "ana+ventas@acme.pe"),
    ],
)
def test_email_is_taken_out(said: str, value: str) -> None:
    assert read_email(said) == Taken(value)


@pytest.mark.parametrize(
    ("said", "reason"),
    [("no tengo", "email_none"), ("ana@", "email_wrong"), ("a@b.co o c@d.co", "email_several"), ("@" * 900, None)],
)
def test_email_is_refused_with_the_reason(said: str, reason: str | None) -> None:
    answer = read_email(said)
    assert isinstance(answer, Refused)
    assert reason in (None, answer.reason)


@pytest.mark.parametrize(
    ("said", "country", "value"),
    [
        ("mi número es 987 654 321", "PE", "+51987654321"),
        ("+51 987-654-321", "", "+51987654321"),
        ("51987654321", "", "+51987654321"),
        ("liga no (11) 98765-4321", "BR", "+5511987654321"),
        ("call me at 415-555-2671 please", "US", "+14155552671"),
        ("5215512345678", "MX", "+525512345678"),
        ("55 1234 5678", "mx", "+525512345678"),
    ],
)
def test_phone_is_taken_out(said: str, country: str, value: str) -> None:
    assert read_phone(said, country) == Taken(value)


@pytest.mark.parametrize(("said", "reason"), [("luego te digo", "phone_none"), ("123456", "phone_wrong")])
def test_phone_is_refused_with_the_reason(said: str, reason: str) -> None:
    assert read_phone(said, "PE") == Refused(reason)


def test_country_is_that_of_the_own_number() -> None:
    assert (country_of("51987654321"), country_of("+5511987654321"), country_of("web-1")) == ("PE", "BR", "")


@pytest.mark.parametrize(
    ("said", "language", "value"),
    [
        ("1.500", "es", 1500),
        ("1.500", "pt", 1500),
        ("1.500", "en", 1.5),
        ("quiero mil quinientos", "es", 1500),
        ("são vinte e cinco", "pt", 25),
        ("about two hundred", "en", 200),
        ("12,5", "es", 12.5),
        ("-3", "en", -3),
    ],
)
def test_number_is_read_as_the_language_writes_it(said: str, language: str, value: float) -> None:
    assert read_number(said, language) == Taken(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "reason"),
    [("muchos", "number_none"), ("5 o 7", "number_several"), ("2,5", "number_whole"), ("0", "number_small")],
)
def test_number_is_refused_with_the_reason(said: str, reason: str) -> None:
    answer = read_number(said, "es", whole=True, at_least=1, at_most=100)
    assert isinstance(answer, Refused)
    assert answer.reason == reason


def test_number_over_the_limit_says_the_limit() -> None:
    assert read_number("200", "es", at_most=100) == Refused("number_large", (("limit", "100"),))


@pytest.mark.parametrize(
    ("said", "language", "prefer", "value"),
    [
        ("mañana", "es", "future", "2026-11-21"),
        ("el lunes", "es", "future", "2026-11-23"),
        ("viernes", "es", "future", "2026-11-20"),
        ("el lunes", "es", "past", "2026-11-16"),
        ("15 de enero", "es", "future", "2027-01-15"),
        ("15 de enero", "es", "past", "2026-01-15"),
        ("el día 5", "es", "future", "2026-12-05"),
        ("dia 30 de novembro, por favor", "pt", "future", "2026-11-30"),
        ("December 24th", "en", "future", "2026-12-24"),
        ("3/12/2026", "es", "future", "2026-12-03"),
        ("12/3/2026", "en", "future", "2026-12-03"),
        ("2026-12-31", "en", "future", "2026-12-31"),
        ("20 de noviembre", "es", "future", "2026-11-20"),
    ],
)
def test_date_is_the_next_or_the_last(said: str, language: str, prefer: str, value: str) -> None:
    assert read_date(said, FRIDAY, language, prefer=prefer) == Taken(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("cuando quieras", "date_none"),
        ("31 de febrero", "date_wrong"),
        ("el lunes o el martes", "date_several"),
        ("este mes", "date_none"),
        ("ayer", "date_early"),
        ("15 de marzo de 2028", "date_late"),
    ],
)
def test_date_is_refused_with_the_reason(said: str, reason: str) -> None:
    answer = read_date(said, FRIDAY, "es", not_before=FRIDAY, not_after=date(2027, 12, 31))
    assert isinstance(answer, Refused)
    assert answer.reason == reason


def test_regex_takes_the_group_out_of_the_sentence() -> None:
    assert read_regex("es el pedido sal-ord-2026-00012 creo", "SAL-ORD-[0-9]{4}-([0-9]{5})") == Taken("00012")
    assert read_regex("no sé", "[0-9]{5}") == Refused("regex")


def test_regex_that_could_hang_is_refused() -> None:
    with pytest.raises(PatternRefused):
        read_regex("a" * 40 + "!", "(a+)+$")


def test_regex_on_a_long_text_is_quick() -> None:
    before = time.thread_time()
    read_regex("a" * 100_000, "a*b")
    assert time.thread_time() - before < 1


SIZES = tuple(
    WaitOption(id=one, title=title, value=one)
    for one, title in (("s", "Chica"), ("l", "Grande"), ("xl", "Extra grande"))
)


@pytest.mark.parametrize(
    ("said", "value"),
    [("Grande", "l"), ("2", "l"), ("la extra grande por favor", "xl"), ("quiero la CHICA", "s"), ("xl", "xl")],
)
def test_option_is_named_whole_or_inside(said: str, value: str) -> None:
    assert read_options(said, SIZES) == Taken(value)


def test_options_two_named_is_refused_or_both() -> None:
    assert read_options("la chica con la grande", SIZES) == Refused("options_several")
    assert read_options("la chica con la grande", SIZES, multiple=True) == Taken(["s", "l"])
    assert read_options("ninguna", SIZES) == Refused("options")
