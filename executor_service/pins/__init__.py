"""The second factor of large approvals: limits of connections, PINs of contacts."""
