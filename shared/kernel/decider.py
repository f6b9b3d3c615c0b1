"""The decider: three pure functions that are all a service knows about its business.

    decide(command, view, context) -> events          may refuse (raises Rejection), never looks at a clock
    evolve(event, envelope, view) -> states         folds a fact into state; never refuses, the fact has happened
    react(event, envelope, view) -> do / send          policy: what follows, here (`Do`) or in another partition
    (`Send`)

An aggregate has its own three; a service's are made of them (shared/engine/aggregate.py).

State is a set of `State`s, each small, each rebuilt from events alone. A function reads what it needs with
`view.get(Account, "acc-1")`; the runtime loads what is missing and runs the function again, which is safe because it is
pure. Ids and `now` arrive in the context, so the same input gives the same events, in a retry and in a rebuild.

Everything that leaves a partition follows from an event: its command id is derived from the event that caused it and
from the aggregate that follows it, so that another aggregate shifts none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeVar

import msgspec

from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.ids import derive
from shared.kernel.message import Catalogue, Command, Event, Message


class Home(Enum):
    """Which partition writes a state, and so where it is read."""

    OWN = "own"  # the partition that works on it: everything keyed by account
    KEYED = "keyed"  # the partition of its key: read by others (a resource's assignments)
    REFERENCE = "reference"  # partition 0: plans, meters, cycles


class State(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of one aggregate, folded from its events. Replaced as a whole, never edited.

    `STORED = False` marks a kind whose rows the service's projection writes and loads itself (such as the dedupe keys).
    A kind with a loader of its own is loaded once all that was decided before is in the tables. `FOLDED = True` spares
    the wait: `evolve` gives every change of it, so what it loads may lag behind.
    """

    HOME: ClassVar[Home] = Home.OWN
    STORED: ClassVar[bool] = True
    FOLDED: ClassVar[bool] = False
    KEY_FIELD: ClassVar[str] = "account_id"
    """The field that is its `key`, where a class does not say otherwise."""

    @property
    def key(self) -> str:
        return str(getattr(self, self.KEY_FIELD))


Asked = tuple[type[State], str | Collection[str]]
"""A state by its key, or many of a kind by theirs: what a message is known to ask for."""


class Gone(msgspec.Struct, frozen=True):
    """Returned by `evolve` where a state ends."""

    kind: type[State]
    key: str


class Many(msgspec.Struct, frozen=True):
    """Returned by `evolve` for states of a kind by their keys, where a hot event changes a thousand."""

    kind: type[State]
    states: Mapping[str, State]


class Due(State, frozen=True, kw_only=True):
    """A timer: `command` is sent to this partition once its gate has reached `due_at`.

    The gate `clock` is the (test) clock; `intake` is the instant up to which all usage has been counted, so that
    nothing closes before its records are in. A timer fires at least once; `decide` ignores one that is no longer open.
    """

    KEY_FIELD = "name"
    FOLDED = True

    name: str
    due_at: datetime
    command_type: str
    command: msgspec.Raw
    gate: str = "clock"


D = TypeVar("D", bound=State)


class View(Protocol):
    """What a pure function may see: states by kind and key, with the batch's earlier effects applied."""

    def get(self, kind: type[D], key: str) -> D | None:
        """The state, or `None` if there is none."""
        ...

    def get_many(self, kind: type[D], keys: Collection[str]) -> Mapping[str, D]:
        """Those of the states that exist: one question where a hot command would ask a thousand."""
        ...


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The circumstances of one command: everything that is not in the command and not in the state.

    `now` never goes backwards within a partition. `command_id` names this command for ever; ids that a command creates
    derive from it. `expected_version` is the caller's `If-Match`, `None` without one.
    """

    now: datetime
    partition: int
    partitions: int
    command_id: str
    actor: str = "system"
    expected_version: int | None = None

    def new_id(self, *parts: str | int) -> str:
        """An id for something this command creates; the same on every retry."""
        return derive(self.command_id, *parts)

    def check_version(self, version: int) -> None:
        """Refuse (412) when the caller edits a version that is no longer current."""
        if self.expected_version is not None and self.expected_version != version:
            raise Rejection(
                "version_mismatch",
                f"this is version {version}, the request was made for {self.expected_version}; read it again",
                status=412,
            )


class Do(msgspec.Struct, frozen=True):
    """Decide this command here and now, in the same partition and the same transaction."""

    command: Command


class Send(msgspec.Struct, frozen=True):
    """Send a message to another partition or service, inside the transaction of the event that causes it.

    `to` is the owning service, or a topic such as `usage.guided`. Without `partition` the message's key decides
    (reference data: partition 0).
    """

    message: Message
    to: str
    partition: int | None = None


class Decide(Protocol):
    def __call__(self, command: Any, view: View, context: Context, /) -> Sequence[Event]: ...


class Evolve(Protocol):
    def __call__(self, event: Any, envelope: Envelope, view: View, /) -> Iterable[State | Gone | Many]: ...


class React(Protocol):
    """What follows in one aggregate."""

    def __call__(self, event: Any, envelope: Envelope, view: View, /) -> Iterable[Do | Send]: ...


class Reactions(Protocol):
    """What follows in a service: the name of each aggregate that follows the event, and what it asks for."""

    def __call__(self, event: Any, envelope: Envelope, view: View, /) -> Iterable[tuple[str, Iterable[Do | Send]]]: ...


@dataclass(frozen=True, kw_only=True)
class Run:
    """How an aggregate folds many events of a kind, one behind the other, as one: to the states that they leave one by
    one. `fits` says of which events that is so."""

    fits: Callable[[Any], bool]
    fold: Callable[[Sequence[Any], View], Iterable[State | Gone | Many]]


@dataclass(frozen=True, kw_only=True)
class Runs(Run):
    """Likewise in a service: `others` folds an event as the other aggregates do."""

    others: Evolve


@dataclass(frozen=True, kw_only=True)
class Domain:
    """The three pure functions of a service, with the names of what it writes. `runs`: what a rebuild folds as one."""

    service: str
    events: Catalogue[Event]
    decide: Decide
    evolve: Evolve
    react: Reactions
    runs: Mapping[type[Event], Runs] = field(default_factory=dict)
