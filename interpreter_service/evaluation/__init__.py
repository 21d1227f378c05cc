"""How good an interpreter is, measured: cases of what people say, replayed and judged."""

from interpreter_service.evaluation.cases import Case, read_cases, shipped_cases
from interpreter_service.evaluation.replay import Judged, Replay
from interpreter_service.evaluation.summary import Summary

__all__ = ["Case", "Judged", "Replay", "Summary", "read_cases", "shipped_cases"]
