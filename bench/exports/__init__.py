"""Exports of the ledger from MariaDB, straight and through a tunnel, and a report end to end."""
