"""An input of a partition worker as it came, or a part of one, and how it is put aside when it cannot be taken.

usage.guided/3/4711   GuidedUsage(n=907, [ann, bo])        as received
                      GuidedUsage(n=907, [bo], part)       cut from it, with bytes of its own
"""

from __future__ import annotations

from dataclasses import dataclass

from aiokafka import ConsumerRecord

from shared.engine.timers import DUE
from shared.kernel.dead_letters import as_text, parking_key
from shared.kernel.envelope import Envelope, retyped
from shared.kernel.message import Command, Message, encode, type_as_written
from shared.kernel.outcome import CommandFaulted, InputParked
from shared.kernel.recovery import RECOVERY_COMMANDS

__all__ = ["Incoming", "Unreadable", "parking_key"]


class Unreadable(Exception):
    """An input that is no message of ours, or of a version we do not know."""


@dataclass(frozen=True)
class Incoming:
    """Where an input is from, and what it says (`None` where that can't be read).

    `cut`: `message` is a part of it. `passed_by`: nothing follows from it here, and so it was not read.
    """

    topic: str
    record: ConsumerRecord[bytes, bytes]
    envelope: Envelope | None
    message: Message | None
    cut: bool = False
    passed_by: bool = False

    @property
    def origin(self) -> str:
        return f"{self.topic}/{self.record.partition}/{self.record.offset}"

    @property
    def payload(self) -> bytes | None:
        """What an operator is to see and send again: the bytes as received, of a part its own."""
        return encode(self.message) if self.cut and self.message is not None else self.record.value

    @property
    def type(self) -> str:
        """What it is called, in the version of `payload`: what was cut from an earlier one is written in the newest."""
        received = self.envelope.type if self.envelope else "unknown"
        return type_as_written(received, self.message) if self.cut and self.message is not None else received

    @property
    def from_outside(self) -> bool:
        """A command that no event caused: of an API, of intake, or of an operator. Its sender can be told of a bug."""
        if not self.topic.endswith(".commands"):
            return False
        return isinstance(self.message, RECOVERY_COMMANDS) or not (self.envelope and self.envelope.causation_id)

    @property
    def queues(self) -> bool:
        """Whether it waits behind parked inputs of its key. A timer does not: it is sent again until it is closed."""
        if not isinstance(self.message, Command):
            return True
        timer = self.envelope is not None and (self.envelope.causation_id or "").startswith(DUE)
        return not (self.message.HOT or self.from_outside or timer)

    def parked(self, key: str, error: str, *, attempts: int = 1) -> InputParked:
        """The event that puts it aside, behind the inputs of that parking key; its place there is not known yet."""
        payload, exact = as_text(self.payload or b"")
        return InputParked(
            parking_key=key,
            n=0,
            topic=self.topic,
            type=self.type,
            offset=self.record.offset,
            headers=self._headers(),
            payload=payload,
            payload_base64=exact,
            error=error,
            attempts=attempts,
            account_id=self.message.account if self.message is not None else None,
        )

    def faulted(self, error: str) -> CommandFaulted:
        """The event that dead-letters it, a command from outside."""
        payload, exact = as_text(self.payload or b"")
        return CommandFaulted(
            command_type=self.type,
            subject=self.envelope.subject if self.envelope else "",
            error=error,
            account_id=self.message.account if self.message is not None else None,
            topic=self.topic,
            offset=self.record.offset,
            headers=self._headers(),
            payload=payload,
            payload_base64=exact,
        )

    def _headers(self) -> dict[str, str]:
        headers = {name: (value or b"").decode(errors="replace") for name, value in self.record.headers}
        return retyped(headers, self.type) if self.cut and self.envelope is not None else headers
