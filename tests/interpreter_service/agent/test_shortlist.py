"""The tools a model is shown, by words and by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interpreter_service.agent.shortlist import QUESTION_SECONDS, REST_SECONDS, Shortlist
from interpreter_service.offline import ToolIndex
from interpreter_service.offline.coverage import Coverage, joined
from interpreter_service.toolbox import Toolbox
from shared.contracts.tools import ToolSpec
from shared.errors import ModelUnavailable
from tests.interpreter_service.conftest import DRIVERS, SALES, STOCK

PATIENCE = 60.0


@dataclass
class MeaningEmbedder:
    """Texts about money lie in one direction, all others in another; `error` is raised instead."""

    asked: list[tuple[int, float]] = field(default_factory=list)
    error: Exception | None = None

    def embed(self, texts: Sequence[str], seconds: float) -> list[list[float]]:
        self.asked.append((len(texts), seconds))
        if self.error is not None:
            raise self.error
        return [[1.0, 0.0] if "entas" in text or "kwxz" in text else [0.0, 1.0] for text in texts]


def box(*tools: ToolSpec, etag: str = "v1") -> Toolbox:
    return Toolbox(etag, {tool.name: tool for tool in tools}, ToolIndex(tools))


def test_without_a_model_the_words_decide() -> None:
    assert Shortlist().nearest(box(SALES, STOCK, DRIVERS), "ventas del mes", "es", 1) == ["sales.total"]


def test_a_tool_that_only_means_the_same_is_found() -> None:
    here, shortlist = box(STOCK, DRIVERS, SALES), Shortlist(MeaningEmbedder())
    assert "sales.total" not in shortlist.nearest(here, "kwxz", "es", 2)
    assert shortlist.wait(PATIENCE)
    assert "sales.total" in shortlist.nearest(here, "kwxz", "es", 2)


def test_no_turn_waits_for_the_tools_points_and_a_question_has_its_own_limit() -> None:
    embedder = MeaningEmbedder()
    shortlist = Shortlist(embedder)
    shortlist.nearest(box(SALES), "ventas", "es", 1)
    assert shortlist.wait(PATIENCE)
    shortlist.nearest(box(SALES), "ventas", "es", 1)
    assert embedder.asked[-1] == (1, QUESTION_SECONDS)


def test_only_changed_tools_are_embedded_again() -> None:
    embedder = MeaningEmbedder()
    shortlist = Shortlist(embedder)
    for here in (box(SALES, STOCK), box(SALES, STOCK, DRIVERS, etag="v2")):
        shortlist.nearest(here, "ventas", "es", 1)
        assert shortlist.wait(PATIENCE)
    assert [count for count, _ in embedder.asked] == [2, 1]


def test_a_failing_model_is_left_alone_and_the_words_decide() -> None:
    now = [0.0]
    embedder = MeaningEmbedder(error=ModelUnavailable("down"))
    shortlist = Shortlist(embedder, monotonic=lambda: now[0])
    for _ in range(3):
        assert shortlist.nearest(box(SALES), "ventas del mes", "es", 1) == ["sales.total"]
        assert shortlist.wait(PATIENCE)
    assert len(embedder.asked) == 1
    now[0], embedder.error = REST_SECONDS, None
    shortlist.nearest(box(SALES), "ventas", "es", 1)
    assert shortlist.wait(PATIENCE)
    assert len(embedder.asked) == 2


def test_rankings_are_joined_by_their_high_places() -> None:
    assert joined(["a", "b", "c"], ["c", "a"]) == ["a", "c", "b"]


def test_rare_words_count_more_than_common_ones() -> None:
    coverage = Coverage([{"ruta"}, {"ruta", "filial"}, {"ruta"}, {"filial", "rar"}])
    assert coverage.best(["ruta", "filial"], 2) == [1, 3]
    assert coverage.best(["nada"], 2) == []
