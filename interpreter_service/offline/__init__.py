"""The interpreter that needs no language model: which tool a sentence asks for, and with what arguments.

Pure and quick: an index over the registry's words, and decisions that would rather ask than guess.
"""

from interpreter_service.offline.decide import decide
from interpreter_service.offline.index import ToolIndex
from interpreter_service.offline.model import CallTool, Clarify, Decision, LastCall, Option, OutOfScope, Scored

__all__ = ["CallTool", "Clarify", "Decision", "LastCall", "Option", "OutOfScope", "Scored", "ToolIndex", "decide"]
