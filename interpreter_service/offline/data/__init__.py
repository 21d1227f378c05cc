"""Words of business, kept as data."""
