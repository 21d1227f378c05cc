"""The nodes of ours that stand for one of RapidPro's: one after the other, each below the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from executor_service.flows.importing.rapidpro.file import Action, Category, Node, Router
from executor_service.flows.importing.rapidpro.paths import category_name
from executor_service.flows.importing.rapidpro.templates import expression_of, text_of
from executor_service.flows.importing.sketch import NOWHERE, Pen, Sketch, lead_all
from shared.contracts.base import Json, Language

Translated = Mapping[Language, Mapping[str, Json]]
"""Language → id of an action → its translated fields."""


@dataclass(frozen=True, kw_only=True)
class Book:
    """One flow under import."""

    sketch: Sketch
    translations: Translated
    words: Mapping[str, tuple[str, ...]]
    """Id of a case → its words in all languages."""
    categories: frozenset[str]
    """Names of category variables that some text or router asks for."""
    say: Callable[[str], str]


@dataclass
class Chain:
    """`place` is where the next node will stand."""

    book: Book
    node: Node
    place: str
    pen: Pen
    count: int = 0
    asked_for: Action | None = None
    """The message that the router of this node asks with."""
    category_places: dict[str, str] = field(default_factory=dict)

    def put(self, kind: str, config: Json, *exits: str, label: str = "") -> str:
        """A node whose exits (`default` where none is named) lead to the next one."""
        node_id = self.pen.add(kind, config, label)
        self.book.sketch.stand(self.place, node_id)
        self.count += 1
        self.place = f"{place_of(self.node.uuid)}/{self.count}"
        lead_all(self.book.sketch, node_id, self.place, *exits)
        self.pen = self.pen.below()
        return node_id

    def put_last(self, kind: str, config: Json, label: str = "") -> str:
        """A node that nothing comes after."""
        node_id = self.pen.add(kind, config, label)
        self.book.sketch.stand(self.place, node_id)
        self.place = NOWHERE
        return node_id

    def end(self, place: str) -> None:
        """What comes after the last node."""
        if self.place != NOWHERE:
            self.book.sketch.pass_on(self.place, place)

    def lead(self, node_id: str, exit_name: str, place: str) -> None:
        self.book.sketch.lead(node_id, exit_name, place)

    def note(self, key: str, node_id: str | None = None, **params: str) -> None:
        self.pen.note(key, node_id, **params)

    def text(self, template: str) -> str:
        return text_of(template, self._lost)

    def expression(self, template: str) -> str:
        return expression_of(template, self._lost)

    def goal(self, category: Category | None, router: Router) -> str:
        """Where a category leads, over a node that keeps its name where something asks for it."""
        if category is None:
            return NOWHERE
        exit_ = next((one for one in self.node.exits if one.uuid == category.exit_uuid), None)
        goal = place_of(exit_.destination_uuid) if exit_ and exit_.destination_uuid else NOWHERE
        name = category_name(router.result_name) if router.result_name else ""
        if name not in self.book.categories:
            return goal
        if category.uuid not in self.category_places:
            self.category_places[category.uuid] = self._kept(name, category, goal)
        return self.category_places[category.uuid]

    def _kept(self, name: str, category: Category, goal: str) -> str:
        config = {"assignments": [{"name": f"session.{name}", "text": category.name}]}
        place = f"{place_of(self.node.uuid)}/is/{category.uuid}"
        node_id = self.pen.below(len(self.category_places) + 1).add("set_variable", config, category.name)
        self.book.sketch.stand(place, node_id)
        self.book.sketch.lead(node_id, "default", goal)
        return place

    def _lost(self, what: str) -> None:
        self.note("expression_lost", what=what)


def place_of(uuid: str) -> str:
    return f"node:{uuid}"
