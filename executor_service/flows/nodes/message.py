"""Saying something."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from executor_service.flows.inputs import Input
from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome, Pause
from executor_service.flows.session_model import Wait
from shared.contracts.messages import FilePart, Part, TextPart


class MediaConfig(Config):
    """A stored file; its caption may hold expressions."""

    artifact_id: str
    filename: str = "file"
    media_type: str = "application/octet-stream"
    caption: str = Field(default="", json_schema_extra={"format": "template"})


class MessageConfig(Config):
    """What is said. A link in the text is previewed where the channel can."""

    text: str = Field(default="", max_length=10_000, json_schema_extra={"format": "template"})
    media: tuple[MediaConfig, ...] = Field(default=(), max_length=10)
    delay_seconds: float = Field(default=0, ge=0, le=60, description="Pause before it is said")


class MessageNode(Node[MessageConfig]):
    """Says a text, shows pictures or sends files.

    {"label": "Hello", "type": "message", "config": {"text": "Hola {{ contact.name }}, soy Recado."}}
    """

    name = "message"
    titles = {"es": "Mensaje", "pt": "Mensagem", "en": "Message"}  # noqa: RUF012
    config = MessageConfig

    def enter(self, config: MessageConfig, visit: Visit) -> Outcome:
        if config.delay_seconds:
            return Pause(Wait(kind="delay", until=visit.now + timedelta(seconds=config.delay_seconds)))
        return self._say(config, visit)

    def resume(self, config: MessageConfig, visit: Visit, given: Input) -> Outcome:
        return self._say(config, visit)

    def _say(self, config: MessageConfig, visit: Visit) -> Outcome:
        text = visit.render(config.text).strip() if config.text else ""
        parts: list[Part] = [TextPart(text=text)] if text else []
        parts += [FilePart(**{**media.model_dump(), "caption": visit.render(media.caption)}) for media in config.media]
        if parts:
            visit.say(*parts)
        return Leave()
