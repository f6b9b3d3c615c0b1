"""An input of a partition worker as it came, or a part of one, and how it is put aside when it cannot be taken.

usage.guided/3/4711   GuidedUsage(n=907, [ann, bo])        as received
                      GuidedUsage(n=907, [bo], part)       cut from it, with bytes of its own
"""

from __future__ import annotations

from dataclasses import dataclass

from aiokafka import ConsumerRecord

from shared.kernel.envelope import Envelope
from shared.kernel.message import Message, encode
from shared.kernel.outcome import InputParked


class Unreadable(Exception):
    """An input that is no message of ours, or of a version we do not know."""


@dataclass(frozen=True)
class Arrived:
    """Where an input is from, and what it says (`None` where that can't be read). `cut`: `message` is a part of it."""

    topic: str
    record: ConsumerRecord[bytes, bytes]
    envelope: Envelope | None
    message: Message | None
    cut: bool = False

    @property
    def origin(self) -> str:
        return f"{self.topic}/{self.record.partition}/{self.record.offset}"

    @property
    def payload(self) -> bytes | None:
        """What an operator is to see and send again: the bytes as received, of a part its own."""
        return encode(self.message) if self.cut and self.message is not None else self.record.value

    def parked(self, key: str, error: str) -> InputParked:
        """The event that puts it aside, behind the inputs of that parking key."""
        return InputParked(
            parking_key=key,
            topic=self.topic,
            type=self.envelope.type if self.envelope else "unknown",
            offset=self.record.offset,
            payload=(self.payload or b"").decode(errors="replace"),
            error=error,
            account_id=self.message.account if self.message is not None else None,
        )


def parking_key(message: Message | None, envelope: Envelope) -> str:
    """Whose inputs queue behind this one once it is parked: those of its account, else of its subject or source."""
    account = message.account if message is not None else None
    return account or envelope.subject or f"{envelope.service}/{envelope.partition}"
