"""What a voice note says: heard once for each turn, so that a turn that is taken up again is not heard again."""

from __future__ import annotations

import json
from dataclasses import dataclass

from interpreter_service.limits import Limits
from interpreter_service.metrics import Metrics
from interpreter_service.store import Store
from interpreter_service.voice.transcriber import Transcriber
from shared.apis import ExecutorApi
from shared.clock import Clock
from shared.contracts.messages import ChoicesPart, Part, TextPart
from shared.contracts.turns import MediaInput
from shared.encodable import encodable
from shared.errors import ContractBroken, ModelUnavailable, NotFound
from shared.logs import get_logger

LOG = get_logger("interpreter")
HEARD_STEP = 0
"""Under which step of a turn its words are kept, before those of the model that plans."""
LONGEST_ECHO_CHARS = 300
LONGEST_HEARD_CHARS = 10_000
UNAVAILABLE, FAILED, EMPTY, TOO_LONG = "voice_unavailable", "voice_failed", "voice_empty", "voice_too_long"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The words, or the key of the sentence that says why there are none."""

    text: str = ""
    problem: str = ""


class Hearing:
    """Hears voice notes with a model of speech; without one it hears nothing."""

    def __init__(
        self,
        executor: ExecutorApi,
        transcriber: Transcriber | None,
        store: Store,
        limits: Limits,
        metrics: Metrics,
        now: Clock,
    ) -> None:
        self._executor = executor
        self._transcriber = transcriber
        self._store = store
        self._limits = limits
        self._metrics = metrics
        self._now = now

    def hear(self, turn_id: str, given: MediaInput) -> Heard:
        """What is said in the audio of a turn. Raises ServiceUnreachable when the file cannot be had now."""
        if self._transcriber is None:
            return Heard(problem=UNAVAILABLE)
        if given.artifact_id is None:
            return Heard(problem=FAILED)
        known = self._store.model_replies(turn_id).get(HEARD_STEP)
        if known is not None:
            return _heard(str(json.loads(known)["heard"]))
        return self._listen(self._transcriber, turn_id, given, given.artifact_id)

    def _listen(self, transcriber: Transcriber, turn_id: str, given: MediaInput, artifact_id: str) -> Heard:
        sound = self._sound(artifact_id)
        if sound is None:
            return Heard(problem=FAILED)
        if len(sound) > self._limits.voice_bytes:
            return Heard(problem=TOO_LONG)
        try:
            said = transcriber.transcribe(sound, given.media_type, self._limits.voice_seconds)
        except (ModelUnavailable, ContractBroken) as error:
            LOG.warning("voice_unheard", code=error.code, detail=error.detail, size=len(sound))
            self._metrics.voice("failed")
            return Heard(problem=FAILED)
        said = " ".join(encodable(said.replace("\0", " ")).split())[:LONGEST_HEARD_CHARS]
        self._metrics.voice("heard" if said else "empty")
        body = json.dumps({"heard": said}, ensure_ascii=False)
        return _heard(str(json.loads(self._store.save_model_reply(turn_id, HEARD_STEP, body, self._now()))["heard"]))

    def _sound(self, artifact_id: str) -> bytes | None:
        """The file, or as much of it as tells that it is too long; None where it is gone."""
        try:
            _, stream = self._executor.open_artifact(artifact_id)
        except NotFound:
            return None
        with stream:
            return stream.read(self._limits.voice_bytes + 1)


def with_echo(parts: tuple[Part, ...], echo: str) -> tuple[Part, ...]:
    """The answer with what was heard as its first line."""
    first = parts[0] if parts else None
    if isinstance(first, TextPart | ChoicesPart):
        return (first.model_copy(update={"text": f"{echo}\n\n{first.text}"}), *parts[1:])
    return (TextPart(text=echo), *parts)


def shortened(text: str) -> str:
    """As much of what was heard as is read back."""
    return text if len(text) <= LONGEST_ECHO_CHARS else f"{text[: LONGEST_ECHO_CHARS - 1].rstrip()}…"


def _heard(text: str) -> Heard:
    return Heard(text=text) if text else Heard(problem=EMPTY)
