"""The mind: understands a message and decides which tool to call."""

from interpreter_service.interpreter import Interpreter

__all__ = ["Interpreter"]
