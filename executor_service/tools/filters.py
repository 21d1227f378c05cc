"""What a person said of documents, as filters of the ERP, and said again in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from executor_service.erp.protocol import Filter
from executor_service.outputs.texts import executor_texts
from executor_service.registry.semantic import Link, Period
from executor_service.tools.kinds import DocumentKind
from shared.contracts.base import Language
from shared.errors import InvalidArguments
from shared.language.periods import describe_range, range_between


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which documents of one kind are wanted."""

    kind: DocumentKind
    parties: Mapping[str, Link | None]
    period: Period | None
    status: str | None
    company: str
    today: date

    def filters(self) -> list[Filter]:
        """Raises InvalidArguments for a party, period or status that this kind does not have."""
        kind = self.kind
        filters: list[Filter] = [("company", "=", self.company)] if kind.is_submittable else []
        for name, party in self.parties.items():
            if party is not None:
                filters += self._had(name, kind.party_filters(name, party.name))
        if self.period is not None:
            filters += self._had("period", self._days(self.period))
        if self.status is not None:
            filters += self._had("status", kind.status_filters(self.status))
        elif kind.is_submittable:
            filters.append(("docstatus", "<", 2))
        return [
            (field, operator, str(self.today) if value == "$today" else value) for field, operator, value in filters
        ]

    def scope(self, language: Language) -> str:
        """E.g. `Ferretería Andina · octubre de 2026 · Cliente: Ana · vencidas`."""
        texts = executor_texts()
        parts = [self.company] if self.kind.is_submittable else []
        if self.period is not None:
            parts.append(describe_range(range_between(self.period.start, self.period.end), language))
        for name, party in self.parties.items():
            if party is not None:
                parts.append(f"{texts.say(language, f'party_{name}')}: {party.name}")
        if self.status is not None:
            parts.append(texts.say(language, f"state_{self.status}"))
        return " · ".join(parts)

    def _days(self, period: Period) -> tuple[Filter, ...] | None:
        field = self.kind.date
        days = (period.start.isoformat(), period.end.isoformat())
        return ((field, ">=", days[0]), (field, "<=", days[1])) if field else None

    def _had(self, name: str, filters: tuple[Filter, ...] | None) -> tuple[Filter, ...]:
        if filters is None:
            what = f"{self.kind.doctype} has no such {name}"
            raise InvalidArguments(what, errors=({"where": name, "what": what},))
        return filters
