"""What the load says and what it expects to hear; known to the load, the stand-ins and the comparators."""

from __future__ import annotations

import re

MENU = "menu"
CANCEL = "cancelar"
COUNTED = 4217
"""How many sales orders the ERP's stand-in has: a figure that stands in no question."""
COUNTED_KIND = "Sales Order"

APP_SECRET = "a secret that signs deliveries"
PHONE_NUMBER_ID = "100200300"
TOKEN = re.compile(r"#(\d+)")


def question(number: int) -> str:
    """A question that needs the model and a tool; the number stands in the answer again."""
    return f"cuántos pedidos de venta hay #{number}"


def token_in(text: str) -> str:
    """The number of the question that a text asks or answers, "" for none."""
    found = TOKEN.search(text)
    return found.group(1) if found else ""
