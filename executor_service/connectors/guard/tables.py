"""The tables of ERPNext that may be asked: business documents and what they name. Never users, keys, files or mails."""

from __future__ import annotations

_DOCTYPES = """
Account; Address; Asset; BOM; BOM Item; Batch; Bin; Brand; Budget; Campaign; Company; Contact; Cost Center; Country;
Currency; Currency Exchange; Customer; Customer Group; Delivery Note; Delivery Note Item; Department; Dynamic Link;
Fiscal Year; GL Entry; Issue; Item; Item Group; Item Price; Item Supplier; Job Card; Journal Entry;
Journal Entry Account; Landed Cost Voucher; Lead; Location; Material Request; Material Request Item; Mode of Payment;
Opportunity; Opportunity Item; POS Invoice; POS Invoice Item; Payment Entry; Payment Entry Reference;
Payment Ledger Entry; Payment Schedule; Payment Term; Price List; Pricing Rule; Project; Purchase Invoice;
Purchase Invoice Item; Purchase Order; Purchase Order Item; Purchase Receipt; Purchase Receipt Item;
Purchase Taxes and Charges; Quality Inspection; Quotation; Quotation Item; Request for Quotation;
Request for Quotation Item; Sales Invoice; Sales Invoice Item; Sales Invoice Payment; Sales Order; Sales Order Item;
Sales Partner; Sales Person; Sales Taxes and Charges; Sales Team; Serial No; Stock Entry; Stock Entry Detail;
Stock Ledger Entry; Stock Reconciliation; Stock Reconciliation Item; Supplier; Supplier Group; Supplier Quotation;
Supplier Quotation Item; Task; Territory; Timesheet; Timesheet Detail; UOM; UOM Conversion Detail; Warehouse;
Work Order; Work Order Item
"""
USUAL_TABLES = frozenset(f"tab{' '.join(one.split())}" for one in _DOCTYPES.split(";"))
