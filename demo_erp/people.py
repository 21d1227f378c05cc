"""The people of the demo company, who may sign in to the stand-in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

ADMINISTRATOR = "Administrator"
GUEST = "Guest"
_DOMAIN = "ferreteria-andina.example"
_EVERY_ROLE = (
    "System Manager",
    "Accounts Manager",
    "Accounts User",
    "Auditor",
    "Delivery Manager",
    "Delivery User",
    "Item Manager",
    "Maintenance Manager",
    "Maintenance User",
    "Manufacturing Manager",
    "Manufacturing User",
    "Purchase Manager",
    "Purchase Master Manager",
    "Purchase User",
    "Sales Manager",
    "Sales Master Manager",
    "Sales User",
    "Stock Manager",
    "Stock User",
)
_MANAGER_ROLES = (
    "Accounts Manager",
    "Accounts User",
    "Purchase Manager",
    "Purchase User",
    "Sales Manager",
    "Sales User",
    "Stock Manager",
    "Stock User",
)


@dataclass(frozen=True)
class Person:
    """One user of the demo company, with the API key of the stand-in's own making.

    `user_permissions` holds pairs of DocType and the only value that the user may see.
    """

    user: str
    full_name: str
    phone: str
    roles: tuple[str, ...]
    user_permissions: tuple[tuple[str, str], ...] = ()

    @property
    def api_key(self) -> str:
        """The key that names the person in an `Authorization` header."""
        return _derive("key", self.user)

    @property
    def api_secret(self) -> str:
        """The secret that goes with the key. It protects invented data only."""
        return _derive("secret", self.user)


def people() -> tuple[Person, ...]:
    """Everybody who may sign in: the administrator, then the staff of the company."""
    return (
        Person(ADMINISTRATOR, "Administrator", "", _EVERY_ROLE),
        Person(f"gerente@{_DOMAIN}", "Rosario Vidal", "+51987654303", _MANAGER_ROLES),
        Person(f"vendedor@{_DOMAIN}", "Jorge Huamán", "+51987654300", ("Sales User",)),
        Person(
            f"vendedor.cusco@{_DOMAIN}",
            "Nilda Puma",
            "+51987654304",
            ("Sales User",),
            (("Territory", "Cusco"),),
        ),
        Person(f"contador@{_DOMAIN}", "Elena Paz", "+51987654301", ("Accounts Manager", "Accounts User")),
        Person(f"almacen@{_DOMAIN}", "Tomás Ccori", "+51987654302", ("Purchase User", "Stock User")),
        Person(f"rosa@{_DOMAIN}", "Rosa Quispe", "", _EVERY_ROLE),
    )


def _derive(purpose: str, user: str) -> str:
    # Fifteen hexadecimal digits are the length of Frappe's own keys.
    return hashlib.sha256(f"demo_erp {purpose} {user}".encode()).hexdigest()[:15]
