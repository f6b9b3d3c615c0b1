"""What becomes of an input besides its business effect: the events every service can write besides its own.

Every command leaves an outcome in its partition's log, so that a caller's result, like all else, is projected from
events alone.
"""

from __future__ import annotations

from typing import Final

from shared.kernel.bounds import Count, Seq
from shared.kernel.claims import CLAIM_EVENTS
from shared.kernel.decider import State
from shared.kernel.message import Catalogue, Event, catalogue


class CommandRejected(Event, frozen=True, kw_only=True):
    """A business "no". `final` is false where the same command id may be decided again (say, an unknown account)."""

    KEY_FIELD = "subject"

    command_type: str
    subject: str
    code: str
    detail: str
    pointer: str | None = None
    status: Count = 422
    final: bool = True
    account_id: str | None = None


class CommandDone(Event, frozen=True, kw_only=True):
    """Accepted, and nothing had to change."""

    KEY_FIELD = "subject"

    command_type: str
    subject: str
    account_id: str | None = None


class CommandFaulted(Event, frozen=True, kw_only=True):
    """`decide` crashed on this command. It waits for an operator, who has it decided again under the same id.

    The bytes are also in `<service>.dead`, for 90 days. `previous` is the event of an earlier crash of the same
    command, which its sender sent again: this one takes its place.
    """

    KEY_FIELD = "subject"

    command_type: str
    subject: str
    error: str
    account_id: str | None = None
    topic: str
    offset: Seq
    headers: dict[str, str] = {}
    payload: str
    payload_base64: bytes | None = None
    attempts: Count = 1
    previous: Seq | None = None


class InputParked(Event, frozen=True, kw_only=True):
    """An input that must not be skipped crashed, or stands behind one that did; it is number `n` of its queue.

    `payload` is kept as received; where it is no text, or a very long one, `payload_base64` has every byte of it.
    `attempts` counts its crashes: 0 for one that only stands behind.
    """

    KEY_FIELD = "parking_key"

    parking_key: str
    n: Seq
    topic: str
    type: str
    offset: Seq
    headers: dict[str, str] = {}
    payload: str
    payload_base64: bytes | None = None
    error: str
    attempts: Count = 1
    account_id: str | None = None


class InputRequeued(Event, frozen=True, kw_only=True):
    """What event `seq` had put aside was taken again; what came of it stands behind this, in the same transaction.

    `subject` is the queue of a parked input, the aggregate of a dead-lettered command.
    """

    KEY_FIELD = "subject"

    seq: Seq
    subject: str
    account_id: str | None = None


class InputDiscarded(Event, frozen=True, kw_only=True):
    """An operator decided that what event `seq` had put aside is not to be taken, and why."""

    KEY_FIELD = "subject"

    seq: Seq
    subject: str
    reason: str
    account_id: str | None = None


class InputCrashedAgain(Event, frozen=True, kw_only=True):
    """What event `seq` had put aside was tried again and crashed, for the `attempts`th time: it stays where it was."""

    KEY_FIELD = "subject"

    seq: Seq
    subject: str
    error: str
    attempts: Count
    account_id: str | None = None


class Parking(State, frozen=True, kw_only=True):
    """The queue of a parking key: inputs `first` to `next - 1` are parked, and later ones queue behind them."""

    KEY_FIELD = "parking_key"

    parking_key: str
    first: int
    next: int

    @property
    def count(self) -> int:
        return self.next - self.first


class CommandResult(State, frozen=True, kw_only=True):
    """What is known of a command id: a final result is never decided again. `fault` is the event of its last crash."""

    KEY_FIELD = "command_id"

    STORED = False
    FOLDED = True

    command_id: str
    final: bool
    refused: bool = False
    fault: int | None = None


OUTCOMES: Final = (
    *(CommandRejected, CommandDone, CommandFaulted),
    *(InputParked, InputRequeued, InputDiscarded, InputCrashedAgain),
    *CLAIM_EVENTS,
)


def outcomes(service: str) -> Catalogue[Event]:
    """The outcome events under a service's name."""
    return catalogue(service, *OUTCOMES)
