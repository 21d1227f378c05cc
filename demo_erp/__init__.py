"""A stand-in ERPNext: Frappe REST over the data of a demo company."""
