"""Flows of RapidPro, TextIt and Glific: `nodes` with actions, routers and exits (goflow's definition 13 and 14)."""
