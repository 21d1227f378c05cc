"""The ledger's entries as a spreadsheet, however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from pydantic import Field

from executor_service.outputs.locales import locale_for, money
from executor_service.outputs.naming import slug
from executor_service.outputs.streamed import Sheet, SheetColumn, shares, write_long_csv, write_long_xlsx, zipped
from executor_service.outputs.texts import executor_texts
from executor_service.outputs.xlsx import MEDIA_TYPE as XLSX
from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Spoken, Words
from executor_service.registry.semantic import Link, LinkTo, Period
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.ledger_rows import FIELDS, LedgerRows, LedgerWanted, open_ledger
from executor_service.tools.saying import said_box
from shared.contracts.results import CellType, File, Text
from shared.language.periods import describe_range, range_between

TIMEOUT_SECONDS = 1800
ROWS_A_STEP = 2_000
ZIP_ABOVE_BYTES = 16 * 1024 * 1024
_TYPES: dict[str, CellType] = {"posting_date": "date", "debit": "money", "credit": "money"}
Format = Literal["xlsx", "csv"]
FORMAT_WORDS: dict[str, Words] = {
    "xlsx": {"es": ("excel", "xlsx"), "pt": ("excel", "xlsx"), "en": ("excel", "xlsx")},
    "csv": {"es": ("csv",), "pt": ("csv",), "en": ("csv",)},
}


def ledger_box() -> Toolbox:
    """The tool `ledger.export`."""
    return said_box("ledger", (export,), {"format": FORMAT_WORDS}, slow=True, timeout_seconds=TIMEOUT_SECONDS)


def export(
    context: ToolContext,
    period: Annotated[Period, Field(description="The days whose entries are wanted.")],
    account: Annotated[
        Link,
        LinkTo("Account"),
        Field(description="Only entries of this account."),
        Spoken(es=("cuenta",), pt=("conta",), en=("account",)),
    ]
    | None = None,
    customer: Annotated[
        Link,
        LinkTo("Customer"),
        Field(description="Only entries of this customer."),
        Spoken(es=("cliente",), pt=("cliente",), en=("customer",)),
    ]
    | None = None,
    format: Annotated[Format, Field(description="xlsx for Excel, csv for other programs.")] = "xlsx",
) -> File | Text | tuple[File, ...]:
    """Every entry of the general ledger in a period as an Excel or CSV file, with debit, credit and totals.

    For the balance of a party or an account in the chat use the ledger reports; this one makes a file of all rows.
    """
    wanted = LedgerWanted(company=context.company, period=period, account=account, party=customer)
    with open_ledger(context, wanted) as ledger, TemporaryDirectory(prefix="recado-export-") as folder:
        texts, language = executor_texts(), context.language
        if not ledger.count:
            title = texts.say(language, "ledger_title")
            return Text(text=texts.say(language, "report_empty", title=title, scope=_scope(context, wanted)))
        sheet = _sheet(context, wanted, ledger)
        paths = _written(context, sheet, ledger, format, Path(folder))
        return _saved(context, sheet, ledger, paths)


def _written(context: ToolContext, sheet: Sheet, ledger: LedgerRows, format: Format, folder: Path) -> Sequence[Path]:
    """Everything is written before anything is saved, so that nobody gets a part."""
    rows = _counted(context, ledger)
    name = slug(f"{sheet.title} {sheet.scope}")[:80]
    if format == "csv":
        path = folder / f"{name}.csv"
        write_long_csv(path, sheet, rows)
        return (zipped(path) if path.stat().st_size > ZIP_ABOVE_BYTES else path,)
    sizes = shares(ledger.count)
    paths = [folder / f"{name}{f'-{number + 1}' if len(sizes) > 1 else ''}.xlsx" for number in range(len(sizes))]
    for path, size in zip(paths, sizes, strict=True):
        write_long_xlsx(path, sheet, islice(rows, size), size)
    return paths


def _counted(context: ToolContext, ledger: LedgerRows) -> Iterator[Sequence[Any]]:
    """The rows; says how far they are, and raises Cancelled when nobody wants them any more."""
    text = executor_texts().say(context.language, "ledger_progress")
    for done, row in enumerate(ledger.rows):
        if not done % ROWS_A_STEP:
            context.progress(done, ledger.count, text)
        yield row


def _saved(context: ToolContext, sheet: Sheet, ledger: LedgerRows, paths: Sequence[Path]) -> File | tuple[File, ...]:
    caption = executor_texts().say(
        context.language,
        "ledger_caption",
        title=sheet.title,
        scope=sheet.scope,
        count=f"{ledger.count:,}",
        debit=_money(context, ledger.debit),
        credit=_money(context, ledger.credit),
    )
    files = []
    for path in paths:
        with path.open("rb") as data:
            media_type = {".xlsx": XLSX, ".csv": "text/csv"}.get(path.suffix, "application/zip")
            files.append(context.files.save(data, filename=path.name, media_type=media_type, caption=caption))
    return files[0] if len(files) == 1 else tuple(files)


def _money(context: ToolContext, amount: Decimal) -> str:
    return money(amount, context.currency, locale_for(context.language, context.currency))


def _sheet(context: ToolContext, wanted: LedgerWanted, ledger: LedgerRows) -> Sheet:
    """In several files the totals are those of all of them, as the caption says."""
    texts, language = executor_texts(), context.language
    totals = {"debit": ledger.debit, "credit": ledger.credit}
    title = texts.say(language, "ledger_title")
    return Sheet(
        title=title,
        scope=_scope(context, wanted),
        name=title,
        total_label=texts.say(language, "total"),
        columns=[
            SheetColumn(texts.say(language, f"ledger_{field}"), _TYPES.get(field, "text"), totals.get(field))
            for field in FIELDS
        ],
    )


def _scope(context: ToolContext, wanted: LedgerWanted) -> str:
    days = describe_range(range_between(wanted.period.start, wanted.period.end), context.language)
    named = [str(one) for one in (wanted.account, wanted.party) if one is not None]
    return " · ".join((context.company, days, *named))
