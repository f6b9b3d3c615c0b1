"""What stands on an event or a message that leaves a partition: where it is from, when, and because of what.

stamps = Stamps(env="local", service="rating", partition=3, now=now)
stamps.event(event, cause, type="rating.AccountOpened.v1", seq=1843)
stamps.message(message, cause, command_id)          a command or a fact for others, caused by an event
stamps.onward(envelope, cause, claims)              a command that is not for us to decide, as it came
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec

from shared.kernel.cause import Cause
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    env: str
    service: str
    partition: int
    now: datetime

    def event(self, event: Event, cause: Cause, *, type: str, seq: int) -> Envelope:
        return Envelope(
            env=self.env,
            service=self.service,
            partition=self.partition,
            type=type,
            recorded_at=self.now,
            subject=event.key,
            seq=seq,
            causation_id=cause.citation,
            correlation_id=cause.correlation_id,
            actor=cause.actor,
            command_id=cause.answers,
            payload_hash=cause.payload_hash,
            input=cause.origin,
        )

    def message(self, message: Message, cause: Cause, command_id: str) -> Envelope:
        return Envelope(
            env=self.env,
            service=self.service,
            partition=self.partition,
            type="",  # the runtime knows the catalogue of the receiver
            recorded_at=self.now,
            subject=message.key,
            seq=getattr(message, "n", 0),
            causation_id=cause.citation,
            correlation_id=cause.correlation_id,
            actor=cause.actor,
            command_id=command_id,
        )

    def onward(self, envelope: Envelope, cause: Cause, claims: tuple[str, ...]) -> Envelope:
        """Its id, its sender, its expiry and the version its sender has seen stay: nobody can tell the difference."""
        return msgspec.structs.replace(
            envelope,
            env=self.env,
            service=self.service,
            partition=self.partition,
            recorded_at=self.now,
            command_id=cause.command_id,
            correlation_id=cause.correlation_id,
            claims=claims,
        )
