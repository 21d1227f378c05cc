"""Words kept as data."""
