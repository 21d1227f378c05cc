"""Calls of tools from files: what crosses the border and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from structlog.processors import format_exc_info
from structlog.testing import capture_logs

from executor_service.erp.protocol import ReportAnswer, ReportColumn
from executor_service.registry.external.failures import ToolBroke
from executor_service.registry.external.files import ToolFiles
from executor_service.registry.semantic import Link, Money, Period
from executor_service.registry.tool import Tool
from shared.contracts.results import Choice, Table
from shared.contracts.tasks import AnswerRequest
from shared.errors import ErpUnreachable, NotPermitted, RateLimited, ToolFailed
from shared.logs import redact_exception
from tests.executor_service.registry.desk import Desk, Folder, call, tool
from tests.fakes.house import House

Watch = Callable[..., ToolFiles]
HouseOf = Callable[[ToolFiles], House]


def test_native_arguments_arrive_as_they_were(made: Callable[..., Tool], desk: Desk) -> None:
    parameters = 'period: Period, who: Link["Customer"], amount: Money, note: str = ""'
    say = made("return f'{period.start}|{who!r}|{type(amount).__name__} {amount}|{note}'", parameters=parameters)
    period = Period(desk.context.today, desk.context.today)
    text = say(desk.context, period=period, who=Link("Customer", "ACME"), amount=Money("1.50"), note=None)
    assert text == "2026-11-20|Link(doctype='Customer', name='ACME')|Money 1.50|None"


def test_described_tool_has_the_schema_of_its_function(made: Callable[..., Tool]) -> None:
    say = made(
        "pass",
        parameters='kind: Literal["a", "b"] = "a", top: Annotated[int, Field(description="How many")] = 5, '
        'who: Annotated[Link["Customer"], Spoken(es=("de",))] = None, least: Money = Money("2.5")',
        options='title={"es": "Di"}, effect="write", groups=["sales"], slow=True, timeout_seconds=7, only_with=["di*"]',
    ).spec
    assert say.parameters["properties"]["top"] == {
        "type": "integer", "description": "How many", "x-slot": "top", "default": 5,
    }  # fmt: skip
    assert say.parameters["properties"]["kind"]["enum"] == ["a", "b"]
    assert say.parameters["properties"]["who"]["x-words"] == {"es": ["de"], "pt": [], "en": []}
    assert say.parameters["properties"]["least"]["default"] == "2.5"
    assert say.only_with["pt"] == ("di*",)
    assert (say.titles, say.effect, say.groups, say.slow) == ({"es": "Di"}, "write", ("sales",), True)


def test_context_says_for_whom_it_runs(made: Callable[..., Tool], desk: Desk) -> None:
    say = made("return f'{ctx.language} {ctx.time_zone} {ctx.today} {ctx.company} {ctx.currency} {ctx.now().tzinfo}'")
    assert say(desk.context) == "pt America/Lima 2026-11-20 Andina PEN UTC"


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ("return None", None),
        ("return 'text'", "text"),
        ("return (Text(text='a'), Text(text='b'))", 2),
        ("return [Text(text='a')]", 1),
    ],
)
def test_results_come_back_as_given(made: Callable[..., Tool], desk: Desk, body: str, given: object) -> None:
    returned = made(body)(desk.context)
    assert (len(returned) if isinstance(returned, tuple) else returned) == given


def test_erp_is_asked_with_the_persons_rights(made: Callable[..., Tool], desk: Desk) -> None:
    say = made(
        """
        low = ctx.erp.find("Bin", [("actual_qty", "<", 9)], fields=("item_code", "actual_qty"), order_by="item_code")
        best = ctx.erp.search("Bin", "ITEM-3")[0].name
        rows = tuple((one["item_code"], str(one["actual_qty"])) for one in low)
        columns = (Column(name="item", label="Item"), Column(name="stock", label="Stock", type="quantity"))
        return Table(title=best + ctx.erp.user(), columns=columns, rows=rows, row_count=ctx.erp.count("Bin"))
        """
    )
    table = say(desk.context)
    assert isinstance(table, Table)
    assert (table.title, table.row_count) == ("B3tester@example.com", 5)
    assert table.rows == (("ITEM-0", "0.0"), ("ITEM-1", "4.0"), ("ITEM-2", "8.0"))


def test_report_crosses_with_its_types(made: Callable[..., Tool], desk: Desk) -> None:
    columns = (ReportColumn(fieldname="total", label="Total", fieldtype="Currency"),)
    desk.erp._reports["R"] = ReportAnswer(columns=columns, rows=({"total": Decimal("2.10"), "$": 1},), totals=None)
    say = made("r = ctx.erp.run_report('R', {'a': 1}); return f'{r.columns[0].fieldtype} {r.rows[0]!r} {r.totals}'")
    assert say(desk.context) == "Currency {'total': Decimal('2.10'), '$': 1} None"


class OneRow:
    """A database that knows one row, and nothing of changes."""

    def rows(self, sql: str, /, *, limit: int = 1000, **parameters: object) -> list[dict[str, object]]:
        return [{"sql": sql, "limit": limit, "owed": Decimal("2.10"), "since": date(2026, 1, 2), **parameters}]

    def reading(self) -> None:
        raise AssertionError("never from another process")


def test_database_is_asked_with_values_apart_from_the_text(made: Callable[..., Tool], desk: Desk) -> None:
    desk.database = OneRow()
    say = made('return f\'{ctx.has_database} {ctx.database.rows("SELECT :a", a="; DROP", limit=3)[0]}\'')
    row = "{'sql': 'SELECT :a', 'limit': 3, 'owed': Decimal('2.10'), 'since': datetime.date(2026, 1, 2), 'a': '; DROP'}"
    assert say(desk.context) == f"True {row}"


def test_database_gives_a_tool_of_a_file_no_rows_without_end(made: Callable[..., Tool], desk: Desk) -> None:
    desk.database = OneRow()
    with pytest.raises(ToolBroke, match="cannot use 'reading'"):
        made("return str(ctx.database.reading())")(desk.context)


def test_database_is_not_open_to_everybody(made: Callable[..., Tool], desk: Desk) -> None:
    assert made("return str(ctx.has_database)")(desk.context) == "False"
    with pytest.raises(NotPermitted):
        made("return str(ctx.database.rows('SELECT 1'))")(desk.context)


def test_files_are_saved_and_opened(made: Callable[..., Tool], desk: Desk) -> None:
    say = made(
        """
        import io
        first = ctx.files.save(b"\\x00abc", filename="a.bin", media_type="x/y", caption="A")
        content = ctx.files.open(first.artifact_id).read()
        return ctx.files.save(io.BytesIO(content * 2), filename="b.bin", media_type="x/y")
        """
    )
    assert say(desk.context).filename == "b.bin"
    assert desk.files.saved == {"a.bin": b"\x00abc", "b.bin": b"\x00abc\x00abc"}


def test_error_of_the_erp_survives_both_borders(made: Callable[..., Tool], desk: Desk) -> None:
    say = made("return str(ctx.erp.count('Bin'))")
    desk.erp.fail(ErpUnreachable("no route", site="x"))
    with pytest.raises(ErpUnreachable) as refused:
        say(desk.context)
    assert (refused.value.detail, refused.value.params) == ("no route", {"site": "x"})
    limited = RateLimited("slow down")
    limited.retry_after_seconds = 7.5
    desk.erp.fail(limited)
    with pytest.raises(RateLimited) as later:
        say(desk.context)
    assert later.value.retry_after_seconds == 7.5


def test_tool_that_says_why_it_fails_is_heard(made: Callable[..., Tool], desk: Desk) -> None:
    own = "class TooFew(ToolFailed):\n    code = 'too_few'\nraise TooFew('few', text='Solo hay 3')"
    with pytest.raises(ToolFailed) as refused:
        made(own)(desk.context)
    assert refused.value.params == {"text": "Solo hay 3"}


def test_read_may_not_write_and_nothing_else_is_open(made: Callable[..., Tool], desk: Desk) -> None:
    with pytest.raises(ToolBroke, match='must be declared with effect="write"'):
        made("ctx.erp.insert('Bin', {})")(desk.context)
    with pytest.raises(ToolBroke, match="an ERP has no method '_tables'"):
        made("ctx.erp._tables")(desk.context)
    with pytest.raises(ToolBroke, match=r"erp\.fail: a tool has no such method"):
        made("ctx.border.ask(ctx.call, 'erp.fail')")(desk.context)
    with pytest.raises(ToolBroke, match=r"erp\.count: missing a required argument: 'doctype'"):
        made("ctx.erp.count()")(desk.context)
    write = made("return ctx.erp.insert('Bin', {'name': 'B9'})['name']", options='effect="write"')
    assert (write(desk.context), desk.erp.count("Bin")) == ("B9", 6)


def test_bug_is_logged_with_its_line_and_without_long_numbers(watch: Watch, folder: Folder, house_of: HouseOf) -> None:
    folder.put("t.py", tool("wrong = {}['+51 987 654 321']"))
    files = watch()
    files.look()
    house = house_of(files)
    with capture_logs() as logs:
        task = call(house, "t.say")
    assert (task.status, task.error.reason) == ("failed", "error")
    (line,) = [line for line in logs if line["event"] == "task_failed"]
    rendered = redact_exception(None, "", format_exc_info(None, "", dict(line)))["exception"]
    assert "in say\n    wrong = " in rendered
    assert "987 654" not in rendered + task.error.text


@pytest.mark.parametrize("body", ["return 5", "return {'a': 1}", "return '\\ud800'", "raise SystemExit(1)"])
def test_tool_that_gives_no_result_fails_and_its_process_lives(
    made: Callable[..., Tool], desk: Desk, body: str
) -> None:
    say = made(f"if fail:\n    {body}\nimport os\nreturn str(os.getpid())", parameters="fail: bool")
    process = say(desk.context, fail=False)
    with pytest.raises(ToolBroke):
        say(desk.context, fail=True)
    assert say(desk.context, fail=False) == process


def test_choice_is_asked_and_its_answer_fills_the_parameter(watch: Watch, folder: Folder, house_of: HouseOf) -> None:
    folder.put(
        "t.py",
        tool(
            """
            if not size:
                options = (Option(id="s", title="Small"), Option(id="l", title="Large"))
                return Choice(question="Which size?", options=options, parameter="size")
            return f"size {size}"
            """,
            parameters='size: str = ""',
        ),
    )
    files = watch()
    files.look()
    house = house_of(files)
    task = call(house, "t.say")
    assert (task.status, type(task.waiting_for)) == ("waiting", Choice)
    answer = AnswerRequest(option="l", caller=house.caller(), key="tap", wait_seconds=5)
    assert house.executor.answer(task.id, answer).task.parts[0].text == "size l"
