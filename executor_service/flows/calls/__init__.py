"""The side effects of flows: one handler for each kind of call."""
