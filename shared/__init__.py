"""What the services agree on: contracts, errors, settings, database, tokens, users, audit, logs and metrics."""
