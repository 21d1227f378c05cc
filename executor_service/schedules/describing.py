"""A schedule's times and conditions in the person's words."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal

from executor_service.schedules.model import Condition
from shared.contracts.base import Language
from shared.texts import Texts

LOCALES = {"es": "es", "pt": "pt_BR", "en": "en"}
WORKING_DAYS = "1-5"


def say_cron(cron: str, language: Language, texts: Texts) -> str:
    """ "cada lunes a las 8:00"; a cron that nobody says in words is given as it is."""
    minute, hour, day, month, weekday = cron.split()
    if month != "*" or not minute.isdigit():
        return cron
    if not hour.isdigit():
        step = hour.removeprefix("*/") if hour != "*" else "1"
        return (
            texts.say(language, "every_hours" if step != "1" else "every_hour", hours=step) if step.isdigit() else cron
        )
    time = f"{int(hour)}:{int(minute):02}"
    if day == "*":
        return texts.say(language, "at", days=_weekdays(weekday, language, texts), time=time)
    if weekday != "*":
        return cron
    days = texts.say(language, "last_day") if day == "L" else texts.say(language, "day_of_month", day=day)
    return texts.say(language, "at", days=days, time=time)


def say_moment(moment: datetime, time_zone: str, language: Language) -> str:
    """A moment in the person's zone, short: "lunes 30 de noviembre, 8:00"."""
    pattern = "EEEE d 'de' MMMM, H:mm" if language != "en" else "EEEE d MMMM, H:mm"
    return format_datetime(moment.astimezone(ZoneInfo(time_zone)), pattern, locale=LOCALES[language])


def say_number(value: Decimal, language: Language) -> str:
    return format_decimal(value, locale={"es": "es_PE", "pt": "pt_BR", "en": "en"}[language])


def say_condition(condition: Condition | None, language: Language, texts: Texts) -> str:
    if condition is None:
        return ""
    return texts.say(language, f"condition_{condition.compared}", limit=say_number(condition.limit, language))


def _weekdays(field: str, language: Language, texts: Texts) -> str:
    if field == "*":
        return texts.say(language, "every_day")
    if field == WORKING_DAYS:
        return texts.say(language, "working_days")
    names = get_day_names("wide", locale=LOCALES[language])
    said = [names[(int(number) - 1) % 7] for number in field.split(",") if number.isdigit()]
    return texts.say(language, "every", days=format_list(said, locale=Locale.parse(LOCALES[language])))
