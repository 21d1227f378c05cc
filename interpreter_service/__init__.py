"""The mind: routing, the agent, the interpreter that needs no model."""
