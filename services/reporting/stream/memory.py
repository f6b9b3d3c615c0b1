"""The last few thousand frames that were sent to watchers, numbered, so that who was away for a moment can go on.

    memory = Memory(5000)
    memory.add([{"id": "rating/3/1842", "type": "rating.AccountOpened.v1", ...}])
    memory.after(memory.last - 1)           # the frame that was added
    memory.place_of("9f3a01c2-17")          # where to go on behind that frame; None where it no longer reaches

The oldest frames make room for new ones. Numbers are those of one run: another process, or a memory that was emptied,
has another.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

import msgspec
from fastapi.sse import format_sse_event

from services.reporting.stream.wanted import Frame

_KEPT_HERE: Final = ("account_id", "legal_entity")
RESET: Final = "reset"
"""The event of a frame that says: more has happened than is told here, so read anew what you show."""


class Memory:
    """Frames `first` to `last`; bounded."""

    def __init__(self, size: int) -> None:
        self._frames: deque[Frame] = deque(maxlen=size)
        self.run = _new_run()
        self.last = 0

    @property
    def first(self) -> int:
        return self.last - len(self._frames) + 1

    def add(self, contents: Iterable[Mapping[str, Any]]) -> None:
        """Each becomes a frame whose event is its `type`; its `account_id` and whose that is stay here."""
        for content in contents:
            self.last += 1
            told = {name: value for name, value in content.items() if name not in _KEPT_HERE}
            data = msgspec.json.encode(told).decode()
            text = format_sse_event(event=content["type"], id=self.id_of(self.last), data_str=data)
            self._frames.append(Frame(content["type"], content.get("account_id"), text, content.get("legal_entity")))

    def after(self, number: int, most: int | None = None) -> list[Frame] | None:
        """The frames behind that one, at most `most` of them; `None` where some have been forgotten."""
        if number < self.first - 1:
            return None
        begin = number - self.first + 1
        return list(islice(self._frames, begin, None if most is None else begin + most))

    def empty(self) -> None:
        """Forget everything, and that there was a run."""
        self._frames.clear()
        self.run, self.last = _new_run(), 0

    def id_of(self, number: int) -> str:
        return f"{self.run}-{number}"

    def place_of(self, frame_id: str) -> int | None:
        """The number to go on behind; `None` where the frame is of another run, too old, or none of ours."""
        run, _, number = frame_id.rpartition("-")
        if run != self.run or not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        return int(number) if self.first - 1 <= int(number) <= self.last else None

    def reset_frame(self) -> bytes:
        """Where everybody goes on whose place is not known here."""
        return format_sse_event(event=RESET, id=self.id_of(self.last), data_str="{}")


def _new_run() -> str:
    return secrets.token_hex(4)
