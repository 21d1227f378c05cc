"""From the goods a person names to items of the ERP, with their list prices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from executor_service.erp.protocol import Match
from executor_service.registry.context import ToolContext
from executor_service.registry.writing import Question
from executor_service.tools.cards import said_money, say
from executor_service.tools.facts import said_number
from executor_service.tools.prices import list_price
from shared.contracts.base import Json
from shared.contracts.messages import Option
from shared.contracts.results import Choice
from shared.errors import ErpRefused, InvalidArguments, NoMatch
from shared.language.folding import fold
from shared.language.item_lines import LineSaid, read_lines

MAX_OPTIONS = 10
_PACKED = re.compile(r"^\S+ (?:de |of )(?:la |el |los |las )?", re.IGNORECASE)
"""The unit before the thing: "sacos de cemento"."""


@dataclass(frozen=True, kw_only=True)
class Good:
    """One line: the item, how much of it, and its price; `is_agreed` where the person named the price."""

    code: str
    name: str
    quantity: Decimal
    rate: Decimal | None = None
    is_agreed: bool = False

    @property
    def amount(self) -> Decimal | None:
        return None if self.rate is None else self.quantity * self.rate

    def row(self) -> Json:
        """The row of a document; a price that was not agreed is left to the ERP."""
        agreed = {"rate": float(self.rate)} if self.is_agreed and self.rate is not None else {}
        return {"item_code": self.code, "qty": float(self.quantity), **agreed}

    def said(self, context: ToolContext, currency: str) -> str:
        price = f" × {said_money(context, str(self.rate), currency)}" if self.rate is not None else ""
        return f"• {said_number(context, self.quantity)} {self.name}{price}"


def read_goods(context: ToolContext, said: str, party: Json) -> list[Good] | Question:
    """The goods that were named, priced for the party; a question when a name fits several items.

    Raises InvalidArguments without any, NoMatch for a name that fits none.
    """
    lines = read_lines(said, context.language)
    if not lines:
        raise InvalidArguments("no goods were named", errors=({"where": "items", "what": "required"},))
    goods: list[Good] = []
    for place, line in enumerate(lines):
        found = _items_called(context, line.what)
        if not found:
            raise NoMatch(f"no item is called {line.what!r}", text=line.what, doctype="Item")
        if len(found) > 1:
            return _which(context, lines, place, found)
        goods.append(_priced(context, line, found[0], party))
    return goods


def total_of(goods: Sequence[Good]) -> Decimal | None:
    """The sum of all lines, if all have a price."""
    amounts = [good.amount for good in goods]
    return None if None in amounts else sum((one for one in amounts if one is not None), Decimal(0))


def _items_called(context: ToolContext, what: str) -> list[Match]:
    """The items of that code or name; without any, those of the thing in it, in the singular, then of that unit."""
    tried = dict.fromkeys(form for text in (what, _PACKED.sub("", what)) for form in _forms(text))
    for text in tried:
        found = [one for one in context.erp.search("Item", text, limit=MAX_OPTIONS) if one.name]
        exact = [one for one in found if fold(text) in (fold(one.name), fold(one.title))]
        if found:
            return exact if len(exact) == 1 else found
    units = [form.capitalize() for form in _forms(what)]
    fields = ("name", "item_name")
    sold = context.erp.find(
        "Item", [("stock_uom", "in", units), ("disabled", "=", 0)], fields=fields, limit=MAX_OPTIONS
    )
    return [Match(name=str(one["name"]), title=str(one["item_name"])) for one in sold]


def _forms(text: str) -> list[str]:
    """The words as said, then in the singular."""
    singular = " ".join(_singular(word) for word in text.split())
    return [text, singular] if singular != text else [text]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith(("ores", "ones", "ales", "iles", "oles", "ades")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _priced(context: ToolContext, line: LineSaid, item: Match, party: Json) -> Good:
    good = Good(
        code=item.name,
        name=_title(item),
        quantity=line.quantity,
        rate=line.rate,
        is_agreed=line.rate is not None,
    )
    if line.rate is not None:
        return good
    try:
        details = list_price(context, item.name, line.quantity, party)
    except ErpRefused:
        return good  # the ERP says what is wrong with the item when the draft is saved
    return replace(good, name=details.name or good.name, rate=details.rate)


def _which(context: ToolContext, lines: Sequence[LineSaid], place: int, found: Sequence[Match]) -> Question:
    """The question which item is meant; each option is the whole list with that item's code in its place."""
    options = tuple(
        Option(id=str(number), title=_title(one), description=one.name) for number, one in enumerate(found, 1)
    )
    values = {
        str(number): _listed([*lines[:place], replace(lines[place], what=one.name), *lines[place + 1 :]])
        for number, one in enumerate(found, 1)
    }
    question = say(context, "goods_which", text=lines[place].what)
    return Question(choice=Choice(question=question, options=options, parameter="items"), values=values)


def _title(item: Match) -> str:
    """The item's name; ERPNext 15 puts it first in the description."""
    return item.title or item.description.split(",")[0].strip() or item.name


def _listed(lines: Sequence[LineSaid]) -> str:
    return "; ".join(
        f"{format(line.quantity, 'f')} {line.what}" + (f" a {format(line.rate, 'f')}" if line.rate is not None else "")
        for line in lines
    )
