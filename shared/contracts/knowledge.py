"""What the executor asks of the knowledge base, which the interpreter keeps."""

from __future__ import annotations

from pydantic import Field

from shared.contracts.base import Contract
from shared.contracts.results import Passage

MAX_PASSAGES = 10
LONGEST_QUESTION_CHARS = 2_000


class KnowledgeQuery(Contract):
    """`POST /v1/knowledge/search`.

    `groups` are those of the person who asks, from the executor's link; `context` is what was asked before, for a
    question that says too little alone; without `limit` there are as many passages as the settings say.
    """

    question: str = Field(max_length=LONGEST_QUESTION_CHARS)
    context: str = Field(default="", max_length=LONGEST_QUESTION_CHARS)
    groups: tuple[str, ...] = ()
    limit: int | None = Field(default=None, ge=1, le=MAX_PASSAGES)


class KnowledgeAnswer(Contract):
    """The best passage first; none where nothing in the files is near enough."""

    passages: tuple[Passage, ...] = ()
