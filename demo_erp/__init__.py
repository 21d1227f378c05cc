"""A stand-in ERPNext: Frappe REST over the data of a demo company."""

from demo_erp.app import create_app
from demo_erp.faults import Faults
from demo_erp.people import Person, people
from demo_erp.store import unpack

__all__ = ["Faults", "Person", "create_app", "people", "unpack"]
