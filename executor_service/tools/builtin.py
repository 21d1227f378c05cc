"""The one list of built-in tools."""

from __future__ import annotations

from executor_service.connectors.spreadsheets import Spreadsheets
from executor_service.registry.tool import Tool
from executor_service.reports.loader import load_catalogue
from executor_service.reports.tools import report_tools
from executor_service.tools.access import access_box
from executor_service.tools.approvals import approval_box
from executor_service.tools.briefing import briefing_box
from executor_service.tools.bulk import bulk_box
from executor_service.tools.cash import cash_box
from executor_service.tools.collaboration import collaboration_box
from executor_service.tools.comparing import comparing_boxes
from executor_service.tools.convert import convert_box
from executor_service.tools.database import database_box
from executor_service.tools.documents import document_box
from executor_service.tools.drafts import draft_box
from executor_service.tools.drilling import drilling_box
from executor_service.tools.figures import account_box, party_box, price_box, total_box
from executor_service.tools.ledger import ledger_box
from executor_service.tools.lifecycle import lifecycle_box
from executor_service.tools.looking import looking_box
from executor_service.tools.masters import master_box
from executor_service.tools.names import names_box
from executor_service.tools.payments import payment_box
from executor_service.tools.pending import pending_box
from executor_service.tools.regrouping import regrouping_box
from executor_service.tools.results import result_box
from executor_service.tools.sending import sending_box
from executor_service.tools.sheets import sheet_box
from executor_service.tools.statements import statement_box
from executor_service.tools.todos import todo_box
from executor_service.tools.updating import updating_box


def builtin_tools(spreadsheets: Spreadsheets | None = None) -> tuple[Tool, ...]:
    """Every tool that comes with Recado: the reports of the catalogue, then the boxes.

    What needs a spreadsheet service is there where one is given.

    Raises CatalogueError or DeclarationError for one that is declared wrongly.
    """
    reports = {report.name: report for report in load_catalogue()}
    boxes = (
        document_box(),
        names_box(),
        approval_box(),
        pending_box(),
        bulk_box(),
        lifecycle_box(),
        updating_box(),
        draft_box(),
        master_box(),
        convert_box(),
        payment_box(),
        collaboration_box(),
        todo_box(),
        sending_box(),
        looking_box(),
        total_box(),
        price_box(),
        account_box(),
        cash_box(),
        party_box(),
        access_box(),
        ledger_box(),
        database_box(),
        result_box(),
        *comparing_boxes(reports),
        drilling_box(reports),
        regrouping_box(),
        briefing_box(reports),
        statement_box(reports),
        *((sheet_box(spreadsheets),) if spreadsheets else ()),
    )
    return (*report_tools(reports.values()), *(tool for box in boxes for tool in box))
