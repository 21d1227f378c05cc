"""A site's tables with a few rows, some of them nasty, and a ledger of any size."""

from __future__ import annotations

from tests.services.mariadb import MariaServer

TABLES = (
    "CREATE OR REPLACE TABLE `tabGL Entry` ("
    "name VARCHAR(140) PRIMARY KEY, creation DATETIME(6), posting_date DATE, account VARCHAR(140),"
    "party_type VARCHAR(140), party VARCHAR(140), cost_center VARCHAR(140), debit DECIMAL(21,9) NOT NULL DEFAULT 0,"
    "credit DECIMAL(21,9) NOT NULL DEFAULT 0, account_currency VARCHAR(140), voucher_type VARCHAR(140),"
    "voucher_no VARCHAR(140), against TEXT, remarks TEXT, is_cancelled TINYINT NOT NULL DEFAULT 0,"
    "company VARCHAR(140), fiscal_year VARCHAR(140), KEY posting_date (posting_date), KEY company (company))",
    "CREATE OR REPLACE TABLE `tabCustomer` ("
    "name VARCHAR(140) PRIMARY KEY, customer_name VARCHAR(140), territory VARCHAR(140), custom_zona VARCHAR(140))",
    "CREATE OR REPLACE TABLE `tabSales Invoice` ("
    "name VARCHAR(140) PRIMARY KEY, customer VARCHAR(140), posting_date DATE, grand_total DECIMAL(21,9),"
    "status VARCHAR(140), docstatus TINYINT, company VARCHAR(140))",
    "CREATE OR REPLACE TABLE `tabUser` (name VARCHAR(140) PRIMARY KEY, api_key VARCHAR(140))",
    "CREATE OR REPLACE TABLE `__Auth` ("
    "doctype VARCHAR(140), name VARCHAR(255), fieldname VARCHAR(140), `password` TEXT)",
    "INSERT INTO `__Auth` VALUES ('User', 'Administrator', 'password', '$secret-hash')",
    "INSERT INTO `tabUser` VALUES ('Administrator', 'secret-api-key')",
    "INSERT INTO `tabCustomer` VALUES ('C-1', 'Ana', 'Cusco', 'Norte'),"
    """('C-2', '"; DROP TABLE `tabCustomer`; -- ', 'Lima', NULL), ('C-3', 'O''Higgins \\\\ Hnos', 'Lima', 'Sur')""",
    "INSERT INTO `tabSales Invoice` VALUES ('INV-1', 'C-1', '2026-10-03', 100.5, 'Paid', 1, 'Andina'),"
    "('INV-2', 'C-1', '2026-10-09', 50, 'Unpaid', 1, 'Andina'), ('INV-3', 'C-2', '2026-11-02', 7, 'Paid', 1, 'Andina')",
)


def make_tables(server: MariaServer) -> None:
    server.run(*TABLES)


def fill_ledger(server: MariaServer, rows: int, *, company: str = "Andina") -> None:
    """So many ledger rows of 2026, half debits and half credits, with mixed texts and some blanks."""
    server.run(
        "INSERT INTO `tabGL Entry` SELECT CONCAT('GL-', LPAD(seq, 9, '0')), '2026-01-01' + INTERVAL seq SECOND,"
        "'2026-01-01' + INTERVAL (seq MOD 365) DAY, CONCAT('Cuenta ', seq MOD 97, ' - A'),"
        "IF(seq MOD 3 = 0, 'Customer', NULL), IF(seq MOD 3 = 0, CONCAT('Cliente número ', seq MOD 977), NULL),"
        "'Principal - A', IF(seq MOD 2, (seq MOD 10007) / 100, 0), IF(seq MOD 2, 0, (seq MOD 10007) / 100), 'PEN',"
        "'Sales Invoice', CONCAT('ACC-SINV-2026-', LPAD(seq DIV 2, 7, '0')), 'Ventas - A',"
        "CONCAT('=Venta de mostrador ', seq, ' según pedido'), 0, "
        f"'{company}', '2026' FROM seq_1_to_{rows}"
    )
