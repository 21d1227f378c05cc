"""Tasks: their rows, how they are claimed, run, kept alive and ended."""
