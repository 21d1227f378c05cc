"""The mind: routing, the agent, the interpreter that needs no model."""

from interpreter_service.app import create_app
from interpreter_service.interpreter import Interpreter
from interpreter_service.limits import Limits

__all__ = ["Interpreter", "Limits", "create_app"]
