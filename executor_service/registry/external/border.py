"""The child's side of the pipe: what to do comes in, what a running tool asks goes out and is answered."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from executor_service.registry.external.channel import Channel
from executor_service.registry.external.failures import CallRefused, unpack
from executor_service.registry.external.messages import Answer, Ask, Call, FromChild, Load, Raised, ToChild
from executor_service.registry.external.values import decode, encode


class Border:
    """Hands work to the main thread. When the executor is gone, ends this process, whatever it is doing."""

    def __init__(self, channel: Channel[ToChild]) -> None:
        self._channel = channel
        self._work: queue.SimpleQueue[Load | Call] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Answer | Raised] = queue.SimpleQueue()
        self._asking = threading.Lock()
        self._call = 0

    def start(self) -> None:
        threading.Thread(target=self._listen, name="border", daemon=True).start()

    def next_work(self) -> Load | Call:
        return self._work.get()

    def reply(self, message: FromChild) -> None:
        self._channel.send(message)

    @contextmanager
    def open_call(self) -> Iterator[int]:
        """The number of a new call, which may ask until the block ends: a thread it left behind may not."""
        with self._asking:
            self._call += 1
            number = self._call
        try:
            yield number
        finally:
            with self._asking:
                self._call += 1

    def ask(self, call: int, what: str, *positional: Any, **named: Any) -> Any:
        """What a method of the context gives; raises what it raises."""
        question = Ask(
            what=what,
            positional=tuple(encode(one) for one in positional),
            named={name: encode(one) for name, one in named.items()},
        )
        with self._asking:
            if call != self._call:
                raise CallRefused(f"{what}: the call has ended; a tool may not use its context afterwards")
            self._channel.send(question)
            answer = self._answers.get()
        if isinstance(answer, Raised):
            raise unpack(answer)
        return decode(answer.value)

    def _listen(self) -> None:
        try:
            while True:
                heard = self._channel.receive()
                if isinstance(heard, Load | Call):
                    self._work.put(heard)
                else:
                    self._answers.put(heard)
        finally:
            os.killpg(0, signal.SIGKILL)
