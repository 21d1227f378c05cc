"""Where the interpreter's parts meet."""

from __future__ import annotations

from flask_openapi import OpenAPI
from prometheus_client import CollectorRegistry

from interpreter_service.counting import count_turns
from interpreter_service.evaluation.saved import SavedCases
from interpreter_service.http.admin_api import admin_api
from interpreter_service.http.cases_api import cases_api
from interpreter_service.http.forgetting_api import forgetting_api
from interpreter_service.http.knowledge_api import knowledge_api, knowledge_search_api
from interpreter_service.http.replay_api import replay_api
from interpreter_service.http.turns_api import turns_api
from interpreter_service.interpreter import Interpreter
from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.retention import TurnSweep
from shared.audit import Audit
from shared.clock import Clock, utc_now
from shared.counts import Counts
from shared.database import Database
from shared.http.counts_api import counts_api
from shared.http.frame import make_app
from shared.http.guard import Guard
from shared.http.retention_api import old_records_api
from shared.preferences import Preferences
from shared.tokens import Tokens


def create_app(
    interpreter: Interpreter,
    *,
    knowledge: KnowledgeBase,
    database: Database,
    tokens: Tokens,
    guard: Guard,
    audit: Audit,
    metrics: CollectorRegistry,
    prefix: str = "/interpreter",
    now: Clock = utc_now,
) -> OpenAPI:
    """The app of one interpreter, mounted at `prefix`; `metrics` is the registry that the interpreter counts in."""
    app = make_app(
        "interpreter_service",
        title="Recado interpreter",
        prefix=prefix,
        checks=interpreter.checks(),
        metrics=metrics,
    )
    app.register_api(turns_api(interpreter, tokens))
    app.register_api(admin_api(interpreter.store, guard))
    app.register_api(counts_api(Counts(database, "interpreter", count_turns, now=now), guard))
    app.register_api(old_records_api([TurnSweep(database, now)], Preferences(database, audit), guard, now))
    app.register_api(forgetting_api(interpreter.store, guard, audit))
    app.register_api(cases_api(SavedCases(database), guard, now))
    app.register_api(replay_api(SavedCases(database), interpreter.tools, guard, now))
    app.register_api(knowledge_api(knowledge, database, guard, audit))
    app.register_api(knowledge_search_api(knowledge, tokens))
    return app
