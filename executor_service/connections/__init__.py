"""Connections to ERPs, and which contact is which ERP user."""
