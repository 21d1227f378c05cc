"""What many judged cases come to: rates by language and kind, and what was taken for what. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from interpreter_service.evaluation.judge import VERDICTS
from interpreter_service.evaluation.replay import Judged
from shared.contracts.base import Json

FOLLOW_UP = "follow_up"
ALL = "all"


@dataclass(frozen=True)
class Rates:
    """Counts of one group of cases, and their shares."""

    cases: int
    right: int
    wrong: int
    asked: int
    refused: int

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Rates:
        counted = Counter(one.verdict for one in judged)
        return cls(counted.total(), *(counted[verdict] for verdict in VERDICTS))

    def share(self, count: int) -> float:
        return count / self.cases if self.cases else 0.0

    def to_json(self) -> Json:
        return {
            "cases": self.cases,
            "accuracy": round(self.share(self.right), 4),
            "wrong_reports": round(self.share(self.wrong), 4),
            "needless_questions": round(self.share(self.asked), 4),
            "refused": round(self.share(self.refused), 4),
        }


@dataclass(frozen=True)
class Summary:
    """A whole replay."""

    judged: tuple[Judged, ...]

    @property
    def all(self) -> Rates:
        return Rates.of(self.judged)

    @property
    def follow_ups(self) -> Rates:
        return Rates.of(one for one in self.judged if one.case.kind == FOLLOW_UP)

    @property
    def writes_without_approval(self) -> int:
        """Turns that answered an approval by themselves."""
        return sum(one.reaction.approved_itself for one in self.judged)

    def by(self, group: Callable[[Judged], str]) -> dict[str, Rates]:
        names = sorted({group(one) for one in self.judged})
        return {name: Rates.of(one for one in self.judged if group(one) == name) for name in names}

    @property
    def confusions(self) -> list[tuple[str, str, int]]:
        """What was expected, what was done instead, and how often; the most frequent first."""
        counted = Counter((one.expected, one.reaction.label) for one in self.judged if one.verdict != "right")
        return [(*pair, count) for pair, count in counted.most_common()]

    def to_json(self) -> Json:
        return {
            "all": self.all.to_json(),
            "writes_without_approval": self.writes_without_approval,
            "median_ms": round(median(one.seconds for one in self.judged) * 1000, 2) if self.judged else 0,
            "by_language": {name: rates.to_json() for name, rates in self.by(language_of).items()},
            "by_kind": {name: rates.to_json() for name, rates in self.by(kind_of).items()},
            "confusions": [
                {"expected": wanted, "done": done, "count": count} for wanted, done, count in self.confusions
            ],
            "cases": [_case_json(one) for one in self.judged],
        }

    def lines(self) -> list[str]:
        """The tables as text."""
        head = f"{'':<18}{'cases':>6}{'right':>9}{'wrong':>9}{'needless':>10}{'refused':>9}"
        groups = {ALL: self.all, **self.by(language_of), **self.by(kind_of)}
        rows = [_row(name, rates) for name, rates in groups.items()]
        confused = [f"  {count:>3}  {wanted} -> {done}" for wanted, done, count in self.confusions]
        tail = ["", "expected -> done", *confused] if confused else []
        return [head, *rows, "", f"writes without approval: {self.writes_without_approval}", *tail]


def language_of(one: Judged) -> str:
    return one.case.lang


def kind_of(one: Judged) -> str:
    return one.case.kind


def _row(name: str, rates: Rates) -> str:
    shares = (rates.right, rates.wrong, rates.asked, rates.refused)
    right, wrong, asked, refused = (f"{rates.share(count):.1%}" for count in shares)
    return f"{name:<18}{rates.cases:>6}{right:>9}{wrong:>9}{asked:>10}{refused:>9}"


def _case_json(one: Judged) -> Json:
    return {
        "id": one.case.id,
        "verdict": one.verdict,
        "expected": one.expected,
        "done": one.reaction.label,
        "calls": [{"tool": call.tool, "arguments": call.arguments} for call in one.reaction.calls],
        "route": one.route,
        "ms": round(one.seconds * 1000, 2),
    }
