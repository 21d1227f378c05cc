"""What people say for how often: the words of `frequencies`, folded (no accents, lower case)."""

from __future__ import annotations

from collections.abc import Mapping

WEEKDAYS: Mapping[str, int] = {
    "lunes": 1, "martes": 2, "miercoles": 3, "jueves": 4, "viernes": 5, "sabado": 6, "sabados": 6, "domingo": 0,
    "domingos": 0, "segunda": 1, "segundas": 1, "segunda-feira": 1, "terca": 2, "tercas": 2, "terca-feira": 2,
    "quarta": 3, "quartas": 3, "quarta-feira": 3, "quinta": 4, "quintas": 4, "quinta-feira": 4, "sexta": 5,
    "sextas": 5, "sexta-feira": 5, "monday": 1, "mondays": 1, "tuesday": 2, "tuesdays": 2, "wednesday": 3,
    "wednesdays": 3, "thursday": 4, "thursdays": 4, "friday": 5, "fridays": 5, "saturday": 6, "saturdays": 6,
    "sunday": 0, "sundays": 0,
}  # fmt: skip
"""As in a crontab: Sunday is 0."""

EVERY = (
    "cada", "todos los", "todas las", "todo", "toda", "todos os", "todas as", "every", "each",
)  # fmt: skip
ON = ("los", "el", "as", "aos", "no", "na", "on")
"""Before a weekday or a day of the month they mean every one of them."""

DAILY = (
    "diariamente", "a diario", "daily", "cada dia", "todos los dias", "todo dia", "todos os dias", "every day",
    "each day",
)  # fmt: skip
WORKING_DAYS = (
    "de lunes a viernes", "cada dia habil", "todos los dias habiles", "los dias habiles", "de segunda a sexta",
    "todo dia util", "todos os dias uteis", "nos dias uteis", "every weekday", "every working day", "on weekdays",
    "monday to friday", "from monday to friday",
)  # fmt: skip
WEEKLY = ("semanalmente", "weekly", "cada semana", "todas las semanas", "toda semana", "todas as semanas", "every week")
MONTHLY = (
    "mensualmente", "mensalmente", "monthly", "cada mes", "todos los meses", "todo mes", "todos os meses",
    "every month", "each month",
)  # fmt: skip
FIRST_OF_MONTH = (
    "el primero de cada mes", "cada primero de mes", "los primeros de mes", "el primer dia de cada mes",
    "el primer dia del mes", "todo primeiro dia do mes", "no primeiro dia de cada mes", "no primeiro dia do mes",
    "the first of every month", "on the first of every month", "on the first of each month",
    "the first of each month", "on the first day of every month", "the first day of every month",
)  # fmt: skip
LAST_OF_MONTH = (
    "el ultimo dia de cada mes", "el ultimo dia del mes", "cada fin de mes", "todos los fines de mes",
    "a fin de cada mes", "no ultimo dia de cada mes", "no ultimo dia do mes", "todo fim de mes",
    "on the last day of every month", "on the last day of each month", "the last day of every month",
    "at the end of every month", "every month end",
)  # fmt: skip
HOURLY = ("cada hora", "a cada hora", "todas las horas", "de hora em hora", "every hour", "hourly")

PARTS_OF_DAY: Mapping[str, int] = {
    "cada manana": 8, "todas las mananas": 8, "toda manha": 8, "todas as manhas": 8, "every morning": 8,
    "cada tarde": 17, "todas las tardes": 17, "toda tarde": 17, "todas as tardes": 17, "every afternoon": 17,
    "cada noche": 20, "todas las noches": 20, "toda noite": 20, "todas as noites": 20, "every evening": 20,
    "every night": 20,
}  # fmt: skip
"""Every day, at an hour that fits the word."""

NOONS = ("al mediodia", "a mediodia", "ao meio-dia", "ao meio dia", "at noon")
AT = ("a las", "a la", "as", "a", "at")
MORNINGS = ("de la manana", "da manha", "in the morning", "am", "a.m.", "a. m.")
AFTERNOONS = (
    "de la tarde", "da tarde", "in the afternoon", "de la noche", "da noite", "in the evening", "pm", "p.m.", "p. m.",
)  # fmt: skip

PER = ("de", "del", "do", "da", "dos", "das", "por", "of", "by", "per", "for", "em", "en", "in")
"""After these a word such as "cada mes" says what figures are about, not when they are wanted: "ventas de cada mes"."""
