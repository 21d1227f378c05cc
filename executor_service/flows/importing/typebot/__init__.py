"""Typebot's exports, version 6 (`groups` of blocks, `edges` between them, `events` to start at)."""
