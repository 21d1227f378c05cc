"""An earlier answer as a spreadsheet at Google, for the asking person alone."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from executor_service.connectors.spreadsheets import Spreadsheets
from executor_service.outputs.grid import grid_of
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.cards import say
from executor_service.tools.earlier_tables import Earlier, whole_table
from executor_service.tools.saying import said_box
from shared.contracts.results import Text
from shared.errors import ToolFailed

TIMEOUT_SECONDS = 120


def sheet_box(spreadsheets: Spreadsheets) -> Toolbox:
    """The tool `result.sheet`, where a spreadsheet service is set up."""

    def sheet(context: ToolContext, result: Earlier) -> Text:
        """The earlier table as a Google Sheets spreadsheet, opened to the person's own ERP address and nobody else."""
        table, reader = whole_table(context, result), _address(context)
        context.progress(text=say(context, "result_sheet_making"))
        link = spreadsheets.save(grid_of(table), reader=reader)
        return Text(text=say(context, "result_sheet_made", title=table.title, link=link, reader=reader))

    return said_box("result", (sheet,), slow=True, timeout_seconds=TIMEOUT_SECONDS)


def _address(context: ToolContext) -> str:
    """The e-mail address of the person's ERP user: never one that somebody wrote."""
    user = context.erp.user()
    try:
        return validate_email(user, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ToolFailed(say(context, "result_sheet_needs_address", user=user)) from error
