"""The schema of the one database: a branch of migrations per service, applied together at start."""
