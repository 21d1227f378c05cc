"""The mind: routing, the agent, the interpreter that needs no model.

`interpreter_service.app` has `create_app`; it is not imported here, because the process that only makes the tables does
not need it.
"""
