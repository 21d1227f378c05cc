"""Reading spans longer than a day: relative, rolling, running, numbered and parts of others."""

from __future__ import annotations

import re

from shared.language.period_days import DAY, day_of
from shared.language.period_model import PeriodExpression, Unit
from shared.language.period_months import read_month
from shared.language.period_source import (
    NUMBER,
    ORDINAL,
    Parsed,
    Source,
    number_of,
    one_of,
    ordinal_of,
    read_year,
    whole,
)
from shared.language.period_words import (
    COMING_BEFORE,
    LAST_AFTER,
    LAST_BEFORE,
    NEXT_AFTER,
    NEXT_BEFORE,
    ROLLING_AFTER,
    ROLLING_BEFORE,
    THIS_AFTER,
    THIS_BEFORE,
    TWO_AGO_AFTER,
    TWO_AGO_BEFORE,
    UNITS,
)

_UNIT = one_of(UNITS)
_DAY_UNIT = re.compile(rf"(?:dia )?(?P<day>{DAY}) (?:del?|do|of(?: the)?|) ?(?=\w)")
_DIRECTIONS_BEFORE = {
    **dict.fromkeys(THIS_BEFORE, 0), **dict.fromkeys(LAST_BEFORE, -1), **dict.fromkeys(NEXT_BEFORE, 1),
    **dict.fromkeys(TWO_AGO_BEFORE, -2),
}  # fmt: skip
_DIRECTIONS_AFTER = {
    **dict.fromkeys(THIS_AFTER, 0), **dict.fromkeys(LAST_AFTER, -1), **dict.fromkeys(NEXT_AFTER, 1),
    **dict.fromkeys(TWO_AGO_AFTER, -2),
}  # fmt: skip
_RELATIVE_AFTER = whole(
    rf"(?:(?:el|la|o|a|este|esta|the|mismo"
    rf"|mesmo) )?(?P<unit>{_UNIT})(?: calendario)?[ -](?P<after>{one_of(_DIRECTIONS_AFTER)})(?! a | al )"
)
_RELATIVE_BEFORE = whole(rf"(?P<before>{one_of(_DIRECTIONS_BEFORE)}) (?:mismo |mesmo |same )?(?P<unit>{_UNIT})")
_SAME = whole(rf"(?:el |o |the )?(?:mismo|misma|mesmo|mesma|same) (?:periodo|period|(?P<unit>{_UNIT}))")
_RUNNING = whole(
    rf"(?:del|de la|en la|en el|do|da|of the|for the|no|na) (?P<unit>{_UNIT})(?! (?:\d|de \d|calendario))"
    r"|(?P<unit2>mes|month|dia)"
)
_ROLLING = whole(
    rf"(?P<before>{one_of((*ROLLING_BEFORE, *COMING_BEFORE))}) (?P<count>{NUMBER}) (?P<unit>{_UNIT})(?: (?:moviles"
    rf"|corridos|calendario|corridas))?"
    rf"|(?P<count2>{NUMBER}) (?P<before2>{one_of((*ROLLING_BEFORE, *COMING_BEFORE))}) (?P<unit2>{_UNIT})"
    rf"|(?:los |las |os |as |the )?(?P<count3>{NUMBER}) (?P<unit3>{_UNIT}) (?:{one_of(ROLLING_AFTER)})"
)
_TO_DATE = whole(
    rf"(?:en |no )?(?:todo )?lo que (?:va|llevamos|vamos) (?:corrido )?(?:del?|de la|de este|de esta) (?P<unit>{_UNIT})"
    rf"|(?:lo |no |el |o )?acumulad[oa] (?:del?|do|da|de este|deste|no|en el|este|neste) (?P<unit2>{_UNIT})"
    rf"|(?P<unit3>{_UNIT}) (?:to date|a la fecha|hasta la fecha|hasta hoy|hasta ahora|ate hoje|ate agora"
    rf"|ate a data|ate o momento|so far|acumulado|corrido)"
    rf"|(?:este|esta|this|neste|nesta|deste|no|na|en el|el|current) (?P<unit4>{_UNIT}) (?:to date|a la fecha"
    rf"|hasta la fecha|hasta hoy|hasta ahora|ate hoje|ate agora|ate o momento|so far|acumulado)"
    rf"|so far this (?P<unit5>{_UNIT})"
    rf"|(?:desde|a partir del?|since) (?:el |o |the )?(?:inicio|comienzo|principio|principios|inicios|comeco"
    rf"|beginning|start) (?:del?|de la|do|da|of(?: the)?|of this|de este|deste) (?P<unit6>{_UNIT})"
    rf"|(?:no que vai|o que vai) (?:do|da|deste|desta) (?P<unit7>{_UNIT})"
    r"|(?P<year>ytd|y\.t\.d\.|acumulado anual|no acumulado|acumulado)|(?P<month>mtd)|(?P<quarter>qtd)|(?P<week>wtd)"
)
_QUARTER = whole(
    r"(?:q|t)[ -]?(?P<number>[1-4])|(?P<number2>[1-4])[ -]?(?:q|t)"
    rf"|(?P<ordinal>{ORDINAL}) (?:trimestre|trim\.?|tri|quarter|qtr)|(?:trimestre|quarter"
    rf"|trim\.?) (?P<number3>[1-4]|i{{1,3}}|iv)"
)
_HALF = whole(
    r"(?:h|s)[ -]?(?P<number>[12])|(?P<number2>[12])[ -]?(?:h|s)"
    rf"|(?P<ordinal>{ORDINAL}) (?:semestre|sem\.?|half(?:[ -]year)?|semester)|(?:semestre|half) (?P<number3>[12]"
    rf"|i{{1,2}})"
)
_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d)[ -]?(?=(?:[qt][1-4]|[1-4][qt]|[hs][12]|[12][hs])(?!\w))")
_PART = re.compile(
    rf"(?:la |el |a |o |the )?(?P<ordinal>{ORDINAL}|ultima|ultimo|last) (?P<unit>quincena|quinzena|semana|week"
    rf"|fortnight|half|metade|mitad|mes|month|trimestre|quarter|semestre) (?:del?|de la|do|of(?: the)?|em|en"
    rf"|in) (?=\w)"
)
_PARTS = re.compile(
    rf"(?:los |las |os |as |the )?(?:(?P<edge>primeros|primeras|primeiros|primeiras|first|ultimos|ultimas"
    rf"|last) (?P<count>{NUMBER})|(?P<count2>{NUMBER}) (?P<edge2>primeros|primeras|primeiros|primeiras|ultimos"
    rf"|ultimas)) (?P<unit>dias|days|semanas|weeks|meses|months|trimestres|quarters) (?:del?|de la|do"
    rf"|of(?: the)?) (?=\w)"
)
_WEEK_NUMBER = whole(r"(?:semana|week|wk)(?: (?:n[°o.]?|no\.?|number|numero))? ?(?P<number>[1-4]?\d|5[0-3])")
_YEAR_ALONE = whole(
    r"(?:(?P<fiscal>ano fiscal|ejercicio fiscal|ejercicio|exercicio fiscal|exercicio|fiscal year|financial year|fy"
    r"|fiscal) ?(?:de |of )?|(?:el |o |the )?(?:ano|year) (?:de )?)?(?P<year>(?:19[89]|20[0-4])\d)(?:/\d\d)?"
)
_FISCAL = whole(r"(?:el |o |the )?(?P<unit>ano fiscal|ejercicio fiscal|exercicio fiscal|fiscal year|financial year)")
_MONTH_FIGURES = whole(
    r"(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])(?![-/.]?\d)|(?P<month2>0?[1-9]"
    r"|1[0-2])[/-](?P<year2>(?:19|20)\d\d)"
)
_NOT_YEARS = re.compile(
    r" ?(?:soles|sol|reales|reais|pesos|dolares|dollars|euros|usd|pen|brl|unidades|units|unid|kg|clientes"
    r"|customers|facturas|%|\.\d|,\d|bolsas|piezas)"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:\$|s/\.?|€|£|#|n°|mas de|menos de|more than|less than|mais de|mayor a|menor a|above|over|under|top"
    r"|factura|invoice|pedido|order|nota|documento) ?$"
)


def read_relative(source: Source, place: int) -> Parsed | None:
    """A span counted from now: "mes pasado", "this week", "próximo trimestre", "penúltimo mes"."""
    if match := _RELATIVE_AFTER.match(source.text, place):
        return _relative(source, UNITS[match["unit"]], _DIRECTIONS_AFTER[match["after"]], match.end())
    if match := _RELATIVE_BEFORE.match(source.text, place):
        return _relative(source, UNITS[match["unit"]], _DIRECTIONS_BEFORE[match["before"]], match.end())
    match = _SAME.match(source.text, place)
    if match is None:
        return None
    said = read_year(source, match.end())
    return _relative(source, UNITS[match["unit"] or "mes"], 0, match.end()) if said.offset is not None else None


def read_running(source: Source, place: int) -> Parsed | None:
    """The unit we are in, said in passing: "ventas del mes", "vendas da semana", "for the quarter"."""
    match = _RUNNING.match(source.text, place)
    if match is None or match["unit2"] or _says_more(source, match.start("unit")):
        return None
    return Parsed(PeriodExpression("relative", UNITS[match["unit"]]), match.end())


def read_running_unit(source: Source, place: int) -> Parsed | None:
    """The unit we are in, after words that already said "of the": "15 del mes"."""
    match = _RUNNING.match(source.text, place)
    return (
        Parsed(PeriodExpression("relative", UNITS[match["unit2"]]), match.end()) if match and match["unit2"] else None
    )


def read_rolling(source: Source, place: int) -> Parsed | None:
    """Several units up to today, or from today: "últimos 30 días", "next two weeks"."""
    match = _ROLLING.match(source.text, place)
    if match is None:
        return None
    count = number_of(match["count"] or match["count2"] or match["count3"])
    unit = UNITS[match["unit"] or match["unit2"] or match["unit3"]]
    coming = (match["before"] or match["before2"]) in COMING_BEFORE
    return Parsed(PeriodExpression("rolling", unit, -count if coming else count), match.end()) if count else None


def read_to_date(source: Source, place: int) -> Parsed | None:
    """From the start of the running unit to today: "en lo que va del año", "year to date", "acumulado"."""
    match = _TO_DATE.match(source.text, place)
    if match is None:
        return None
    said = next((value for name, value in match.groupdict().items() if name.startswith("unit") and value), None)
    named: Unit = "month" if match["month"] else "quarter" if match["quarter"] else "week" if match["week"] else "year"
    return Parsed(PeriodExpression("to_date", UNITS[said] if said else named), match.end())


def read_numbered(source: Source, place: int) -> Parsed | None:
    """A quarter, half year or week by its number: "Q3 2026", "tercer trimestre", "1H26", "semana 42"."""
    start, year = place, None
    if match := _YEAR_BEFORE.match(source.text, place):
        start, year = match.end(), int(match[1])
    for pattern, unit in ((_QUARTER, "quarter"), (_HALF, "half"), (_WEEK_NUMBER, "week")):
        if match := pattern.match(source.text, start):
            return _numbered(source, match, unit, year)  # type: ignore[arg-type]
    return None


def read_part(source: Source, place: int) -> Parsed | None:
    """A part of a longer span: "segunda quincena de octubre", "first 3 months of 2026"."""
    if match := _PARTS.match(source.text, place):
        count, backwards = number_of(match["count"] or match["count2"]), (match["edge"] or match["edge2"])[0] in "ul"
        return _part(source, UNITS[match["unit"]], -1 if backwards else 1, count, match.end())
    match = _PART.match(source.text, place)
    if match is None:
        return None
    number = -1 if match["ordinal"] in {"ultimo", "ultima", "last"} else ordinal_of(match["ordinal"])
    halves = match["unit"] in {"half", "metade", "mitad"}
    return _part(source, "fortnight" if halves else UNITS[match["unit"]], number, 1, match.end())


def read_year_alone(source: Source, place: int) -> Parsed | None:
    """A year or a month in figures: "2025", "año fiscal 2025", "10/2026", "año fiscal"."""
    if match := _MONTH_FIGURES.match(source.text, place):
        month, year = int(match["month"] or match["month2"]), int(match["year"] or match["year2"])
        return Parsed(PeriodExpression("named", "month", month, year=year), match.end())
    if match := _YEAR_ALONE.match(source.text, place):
        if _NOT_YEARS.match(source.text, match.end()) or _AMOUNT_BEFORE.search(source.text[max(0, place - 14) : place]):
            return None
        unit: Unit = "fiscal_year" if match["fiscal"] else "year"
        return Parsed(PeriodExpression("named", unit, year=int(match["year"])), match.end())
    match = _FISCAL.match(source.text, place)
    return Parsed(PeriodExpression("relative", "fiscal_year"), match.end()) if match else None


def read_day_of_unit(source: Source, place: int) -> Parsed | None:
    """A day of a month said by its distance: "15 del mes pasado", "15 of this month"."""
    match = _DAY_UNIT.match(source.text, place)
    if match is None:
        return None
    month = read_relative(source, match.end()) or read_running_unit(source, match.end())
    if month is None or month.expression.unit != "month":
        return None
    return Parsed(day_of(match["day"], month.expression), month.end)


def _says_more(source: Source, place: int) -> bool:
    """Whether the unit goes on to say which one: "del mes pasado", "del mes de octubre", "del año 2025"."""
    return any(
        reader(source, place) for reader in (read_relative, read_month, read_numbered, read_year_alone, read_to_date)
    )


def _relative(source: Source, unit: Unit, number: int, end: int) -> Parsed:
    if unit in {"year", "fiscal_year"}:
        return Parsed(PeriodExpression("relative", unit, number), end)
    said = read_year(source, end)
    if number == -1 and said.end > end:  # "último trimestre del año": its last one, not the one before this
        year = PeriodExpression("relative", "year", said.offset or 0)
        year = PeriodExpression("named", "year", year=said.year) if said.year else year
        return Parsed(PeriodExpression("part_of", unit, -1, of=year), said.end)
    if said.offset is None:
        return Parsed(PeriodExpression("relative", unit, number), end)
    return Parsed(PeriodExpression("relative", unit, number, year_offset=said.offset), said.end)


def _numbered(source: Source, match: re.Match[str], unit: Unit, year: int | None) -> Parsed | None:
    groups = match.groupdict()
    word = next((groups[name] for name in ("number", "number2", "number3", "ordinal") if groups.get(name)), "")
    number = int(word) if word.isdigit() else ordinal_of(word)
    limit = {"quarter": 4, "half": 2, "week": 53}[unit]
    if not 1 <= number <= limit:
        return None
    said = read_year(source, match.end())
    end = said.end if year is None else match.end()
    return Parsed(PeriodExpression("named", unit, number, year=year or said.year, year_offset=said.offset), end)


def _part(source: Source, unit: Unit, number: int, count: int, place: int) -> Parsed | None:
    whole_span = read_month(source, place) or read_relative(source, place) or read_numbered(source, place)
    whole_span = whole_span or read_year_alone(source, place) or _bare_unit(source, place)
    if whole_span is None:
        return None
    return Parsed(PeriodExpression("part_of", unit, number, count=count, of=whole_span.expression), whole_span.end)


_BARE_UNIT = whole(r"(?:el |the )?(?P<unit>mes|month|ano|year|trimestre|quarter|semestre)")


def _bare_unit(source: Source, place: int) -> Parsed | None:
    match = _BARE_UNIT.match(source.text, place)
    return Parsed(PeriodExpression("relative", UNITS[match["unit"]]), match.end()) if match else None
