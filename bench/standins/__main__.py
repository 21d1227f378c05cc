"""`python -m bench.standins PORT`: all stand-ins on one port.

Besides what they stand in for: `GET /_reset` forgets, `GET /_log` gives the messages sent, `GET /_stats` counts.
"""

from __future__ import annotations

import sys

from bench.standins.frappe import Frappe
from bench.standins.graph import Graph
from bench.standins.http import Answer, serve
from bench.standins.model import Model


class StandIns:
    """Leads each request to the one it is for, by its path."""

    def __init__(self) -> None:
        self._graph = Graph()
        self._model = Model()
        self._frappe = Frappe()

    def __call__(self, method: str, target: str, body: bytes) -> Answer:
        if target.startswith("/v1/"):
            return self._model.take(body)
        if target.startswith("/api/"):
            return self._frappe.take(target)
        if method == "POST" and target.startswith("/v"):
            return self._graph.take(target, body)
        return self._control(target)

    def _control(self, target: str) -> Answer:
        match target:
            case "/_log":
                return Answer(self._graph.sent)
            case "/_stats":
                return Answer(self._stats())
            case "/_reset":
                for one in (self._graph, self._model, self._frappe):
                    one.reset()
                return Answer(self._stats())
        return Answer({"error": "nothing stands here"}, 404)

    def _stats(self) -> dict[str, int]:
        return {
            "replies": len(self._graph.sent),
            "receipts": self._graph.receipts,
            "uploads": self._graph.uploads,
            "model": self._model.asked,
            "erp": self._frappe.asked,
        }


if __name__ == "__main__":
    serve(int(sys.argv[1]), StandIns())
