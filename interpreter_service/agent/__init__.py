"""The planner that asks a language model which tools to call."""
