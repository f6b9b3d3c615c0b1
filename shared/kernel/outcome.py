"""What becomes of an input that has no business effect: the events every service can write besides its own.

Every command leaves an outcome in its partition's log, so that a caller's result, like all else, is projected from
events alone.
"""

from __future__ import annotations

from shared.kernel.decider import Document
from shared.kernel.message import Catalogue, Event, catalogue


class CommandRejected(Event, frozen=True, kw_only=True):
    """A business "no". `final` is false where the same command id may be decided again (say, an unknown account)."""

    command_type: str
    subject: str
    code: str
    detail: str
    pointer: str | None = None
    status: int = 422
    final: bool = True
    account_id: str | None = None

    @property
    def key(self) -> str:
        return self.subject


class CommandDone(Event, frozen=True, kw_only=True):
    """Accepted, and nothing had to change."""

    command_type: str
    subject: str
    account_id: str | None = None

    @property
    def key(self) -> str:
        return self.subject


class CommandFaulted(Event, frozen=True, kw_only=True):
    """`decide` crashed on this command: it is in `<service>.dead`, an operator requeues it under the same id."""

    command_type: str
    subject: str
    error: str
    account_id: str | None = None

    @property
    def key(self) -> str:
        return self.subject


class InputParked(Event, frozen=True, kw_only=True):
    """An input that must not be skipped crashed, or stands behind one that did. `payload` is kept as received."""

    parking_key: str
    topic: str
    type: str
    offset: int
    payload: str
    error: str
    account_id: str | None = None

    @property
    def key(self) -> str:
        return self.parking_key


class Parking(Document, frozen=True, kw_only=True):
    """How many inputs of a key are parked, in order; while there are any, later ones queue behind them."""

    parking_key: str
    count: int

    @property
    def key(self) -> str:
        return self.parking_key


class CommandResult(Document, frozen=True, kw_only=True):
    """What is known of a command id: a final result is never decided again."""

    STORED = False

    command_id: str
    final: bool

    @property
    def key(self) -> str:
        return self.command_id


def outcomes(service: str) -> Catalogue[Event]:
    """The outcome events under a service's name."""
    return catalogue(service, CommandRejected, CommandDone, CommandFaulted, InputParked)
