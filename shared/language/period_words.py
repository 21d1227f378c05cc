"""The words of periods, folded, in Spanish, Portuguese and English together."""

from __future__ import annotations

from shared.language.period_model import Unit

FULL_MONTHS: dict[str, int] = {
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
    "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    "janeiro": 1, "fevereiro": 2, "marco": 3, "maio": 5, "junho": 6, "julho": 7, "setembro": 9, "outubro": 10,
    "novembro": 11, "dezembro": 12,
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    # written in a hurry
    "setimbre": 9, "septimbre": 9, "otubro": 10, "otubre": 10, "octobre": 10, "novienbre": 11, "diciembe": 12,
}  # fmt: skip

SHORT_MONTHS: dict[str, int] = {
    "ene": 1, "jan": 1, "feb": 2, "fev": 2, "mar": 3, "abr": 4, "apr": 4, "mai": 5, "jun": 6, "jul": 7,
    "ago": 8, "aug": 8, "sep": 9, "sept": 9, "set": 9, "oct": 10, "out": 10, "nov": 11, "dic": 12, "dez": 12, "dec": 12,
}  # fmt: skip

MONTHS: dict[str, int] = {**FULL_MONTHS, **SHORT_MONTHS}

RISKY_MONTHS = frozenset({"mar", "may", "set", "out", "ago", "mai", "marco"})
"""Months that are other words too (the sea, "I may", "out", "3 days ago", Marco): they need a sign beside them."""

NAME_MONTHS = frozenset({"abril", "julio", "mayo", "april", "may", "june", "august", "marco", "mar", "julho"})
"""Months that people and firms are called too."""

NOT_IN: dict[str, frozenset[str]] = {
    "en": frozenset({"out", "ago", "set", "mai"}),
    "es": frozenset({"out"}),
    "pt": frozenset(),
}
"""Short months that are ordinary words of that language, and no month of it."""

BEFORE_NAMES = (
    "cliente", "clienta", "proveedor", "fornecedor", "customer", "supplier", "client", "vendor", "vendedor", "empresa",
    "don", "dona", "sr", "sra", "senor", "senora", "senhor", "mr", "mrs", "ms",
    "debe", "debemos", "deve", "devemos", "owes", "owe", "compro", "comprou", "bought", "pago", "pagou", "paid",
)  # fmt: skip

COMPANY_ENDINGS = (
    "sac", "sa", "s.a.", "s.a", "s.a.c", "s.a.c.", "srl", "eirl", "ltda", "me", "llc", "inc", "ltd", "corp", "gmbh",
    "y", "e", "&",
)  # fmt: skip

BEFORE_DATES = frozenset({
    "el", "al", "del", "a", "la", "las", "los", "dia", "dias", "fecha", "desde", "hasta", "entre", "y", "e",
    "o", "do", "da", "ao", "ate", "de", "em", "en", "no", "na", "on", "at", "by", "of", "since", "until",
    "till", "from", "to", "through", "between", "and", "the", "as", "hoy", "solo", "ahora", "agora", "now",
    "only", "antes", "despues", "before", "after", "date", "data", "venta", "ventas", "venda", "vendas",
    "sales", "sold", "vendimos", "vendemos", "facturamos", "factura", "facturas", "fatura", "faturas", "nota",
    "notas", "invoice", "invoices", "pago", "pagos", "pagamentos", "payments", "cobro", "cobros",
    "recebimentos", "pedido", "pedidos", "orders", "compras", "purchases", "cotizaciones", "orcamentos",
    "quotations", "stock", "estoque", "inventario", "inventory", "saldo", "saldos", "balance", "cuentas",
    "contas", "movimientos", "movimentos", "registro", "reporte", "relatorio", "report", "ganancia", "margen",
    "lucro", "profit",
})  # fmt: skip
"""What may stand before a day such as 1/4; after other words that is the size of something."""

HINTS = (
    "ytd", "mtd", "qtd", "wtd", "y.t.d", "acumulado", "acumulada", "fiscal", "ejercicio", "exercicio", "financial",
    "fy", "fecha", "data", "date", "ahora", "agora", "now", "far", "momento", "primero", "primeiro",
)  # fmt: skip
"""Words of periods that are no unit, month or day of the week."""

UNITS: dict[str, Unit] = {
    "dia": "day", "dias": "day", "day": "day", "days": "day",
    "fin de semana": "weekend", "fines de semana": "weekend", "finde": "weekend", "fim de semana": "weekend",
    "weekend": "weekend",
    "semana": "week", "semanas": "week", "week": "week", "weeks": "week", "wk": "week",
    "quincena": "fortnight", "quincenas": "fortnight", "quinzena": "fortnight", "quinzenas": "fortnight",
    "fortnight": "fortnight",
    "mes": "month", "meses": "month", "month": "month", "months": "month", "mth": "month",
    "trimestre": "quarter", "trimestres": "quarter", "trim": "quarter", "quarter": "quarter", "quarters": "quarter",
    "qtr": "quarter",
    "semestre": "half", "semestres": "half", "half": "half", "half year": "half", "half-year": "half",
    "semester": "half",
    "ano fiscal": "fiscal_year", "ejercicio fiscal": "fiscal_year", "ejercicio": "fiscal_year",
    "ano contable": "fiscal_year",
    "exercicio fiscal": "fiscal_year", "exercicio": "fiscal_year", "fiscal year": "fiscal_year",
    "financial year": "fiscal_year", "fy": "fiscal_year",
    "ano": "year", "anos": "year", "anio": "year", "year": "year", "years": "year", "yr": "year",
}  # fmt: skip

DAYS: dict[str, int] = {
    "hoy": 0, "hoje": 0, "today": 0, "hoy dia": 0, "el dia de hoy": 0, "o dia de hoje": 0, "esta manana": 0,
    "this morning": 0, "hj": 0,
    "ayer": -1, "ontem": -1, "yesterday": -1, "anoche": -1,
    "anteayer": -2, "antes de ayer": -2, "antier": -2, "antayer": -2, "anteontem": -2, "antes de ontem": -2,
    "day before yesterday": -2, "the day before yesterday": -2,
    "manana": 1, "amanha": 1, "tomorrow": 1, "pasado manana": 2, "depois de amanha": 2, "day after tomorrow": 2,
}  # fmt: skip

WEEKDAYS: dict[str, int] = {
    "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6,
    "segunda-feira": 0, "segunda feira": 0, "terca-feira": 1, "terca feira": 1, "quarta-feira": 2, "quarta feira": 2,
    "quinta-feira": 3, "quinta feira": 3, "sexta-feira": 4, "sexta feira": 4, "terca": 1, "sexta": 4,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip

THIS_BEFORE = (
    "este", "esta", "el presente", "la presente", "presente", "neste", "nesta", "deste", "desta", "nesse", "nessa",
    "esse", "essa",
    "desse", "dessa", "this", "current", "the current", "el corriente", "el actual", "o atual", "a atual", "en el",
    "no decorrer do",
)  # fmt: skip
THIS_AFTER = ("actual", "en curso", "corriente", "presente", "atual", "corrente", "vigente", "em curso")
LAST_BEFORE = (
    "pasado", "pasada", "ultimo", "ultima", "el ultimo", "la ultima", "anterior", "previo", "passado", "passada",
    "o ultimo", "a ultima",
    "last", "the last", "previous", "the previous", "prior", "past", "the past", "preceding",
)  # fmt: skip
LAST_AFTER = (
    "pasado", "pasada", "pasao", "anterior", "previo", "previa", "ultimo", "ultima", "que paso", "que termino",
    "que acaba de pasar",
    "passado", "passada", "que passou", "que terminou", "vencido", "recien pasado", "before",
)  # fmt: skip
NEXT_BEFORE = (
    "proximo",
    "proxima",
    "el proximo",
    "la proxima",
    "siguiente",
    "next",
    "the next",
    "upcoming",
    "following",
)
NEXT_AFTER = (
    "que viene",
    "proximo",
    "proxima",
    "siguiente",
    "entrante",
    "que vem",
    "seguinte",
    "que entra",
    "venidero",
)
TWO_AGO_BEFORE = ("penultimo", "penultima", "antepenultimo")
TWO_AGO_AFTER = ("antepasado", "antepasada", "retrasado", "retrasada", "before last", "tras anterior", "trasanterior")
ROLLING_BEFORE = (
    "ultimos", "ultimas", "los ultimos", "las ultimas", "os ultimos", "as ultimas", "nos ultimos", "nas ultimas",
    "last", "the last", "past", "the past", "previous", "trailing", "pasados", "pasadas",
)  # fmt: skip
ROLLING_AFTER = (
    "pasados",
    "pasadas",
    "anteriores",
    "passados",
    "passadas",
    "ultimos",
    "ultimas",
    "mas recientes",
    "mais recentes",
)
COMING_BEFORE = (
    "proximos", "proximas", "los proximos", "las proximas", "os proximos", "as proximas", "next", "the next",
    "coming",
)  # fmt: skip

SINCE = (
    "desde el", "desde la", "desde o", "desde a", "desde", "a partir del", "a partir de la", "a partir de",
    "a partir do", "since the", "since",
    "starting from", "starting", "from",
)  # fmt: skip
UNTIL = (
    "hasta el",
    "hasta la",
    "hasta",
    "ate o",
    "ate a",
    "ate",
    "until the",
    "until",
    "till",
    "up to",
    "through",
    "thru",
)
FROM = (
    "desde el", "desde la", "desde o", "desde a", "desde", "de la", "del", "de", "do", "da", "from the", "from",
    "entre el", "entre la", "entre o",
    "entre os dias", "entre", "between the", "between", "dia", "dias", "los dias", "os dias", "el",
)  # fmt: skip
TO = (
    "hasta el", "hasta la", "hasta", "al", "a la", "a", "ao", "ate o", "ate a", "ate", "to the", "to", "through",
    "thru", "until the", "until", "till", "-",
    "y el", "y la", "y", "e o", "e a", "e", "and the", "and", "&",
)  # fmt: skip
JOINED_ONLY_BETWEEN = frozenset({"y el", "y la", "y", "e o", "e a", "e", "and the", "and", "&"})
BETWEEN_STARTS = ("entre", "between")
AS_OF = (
    "a fecha del", "a fecha de", "a fecha", "con fecha de", "al cierre de", "al cierre del", "a cierre de",
    "al fin de", "al final de", "a finales de", "al fin del", "al final del", "a fin de", "a fines de", "fin de",
    "fines de", "no fim de", "no fim do", "no final de", "no final do", "fim de", "fim do", "final de", "end of",
    "al dia", "al", "a", "na data de", "com data de", "no fechamento de", "no fechamento do", "fechamento de",
    "em data de",
    "as of the", "as of", "as at", "at the end of", "by the end of", "at the close of", "at close of",
)  # fmt: skip
