"""What a service hands to the runtime: its pure functions, its projection, its tables, its API. See any `app.py`.

SERVICE = Service(
    name="payments", events=EVENTS, commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS), Input("invoicing.events", invoicing.EVENTS)),
    decide=decide, evolve=evolve, react=react, project=project,
    tables=Path(__file__).with_name("tables.sql"), projection_version=1, routers=(router,),
)

What of it is made of its aggregates comes from aggregate.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from shared.engine.background import Background
from shared.engine.held import NOTHING_HELD, Holding
from shared.engine.postgres import Connection
from shared.engine.sequence import is_event_log
from shared.kernel.claims import claim_commands
from shared.kernel.decider import Asked, Decide, Domain, Evolve, Reactions, Runs, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Catalogue, Command, Event, Message, catalogue
from shared.kernel.outcome import outcomes
from shared.kernel.recovery import recovery_commands

E = TypeVar("E")


class AppliedOf(NamedTuple, Generic[E]):
    """An event as a projection gets it. `offset` is its place in Kafka (what seeks), `envelope.seq` its number.

    What writes the rows of some events says in its parameter of which: `AppliedOf[CouponDefined | CouponChanged]`.
    """

    event: E
    envelope: Envelope
    offset: int = -1


Applied: TypeAlias = AppliedOf[Any]
"""One of any kind."""


@dataclass(frozen=True)
class Input:
    """An upstream topic, without the environment's prefix, and the events of its service that we know."""

    topic: str
    catalogue: Catalogue[Event]

    @cached_property
    def readable(self) -> Catalogue[Event]:
        """All that can stand there: every service also writes what became of its commands and inputs."""
        return self.catalogue | outcomes(self.catalogue.service)


Loader = Callable[[Connection, int, Sequence[str]], Awaitable[Mapping[str, State]]]
Preload = Callable[[Message], Sequence[Asked]]
PreloadNext = Callable[[Message, View], Sequence[Asked]]
Project = Callable[[Connection, int, Sequence[Applied]], Awaitable[None]]
Split = Callable[[Message], Sequence[Message]]
Remains = Callable[[Message], Event | None]
ProjectMany = Callable[[Connection, str, int, Sequence[Applied]], Awaitable[None]]
Router = Callable[[Any], Any]
"""Makes routes of an `Api` (shared/http/api.py). The engine hands it on to the server and knows no more."""


def _preloads_nothing_next(message: Message, view: View) -> Sequence[Asked]:
    return ()


def _preloads_nothing(message: Message) -> Sequence[Asked]:
    return ()


def _unversioned(type_name: str) -> str:
    return type_name.rpartition(".")[0]


def _leaves_nothing(message: Message) -> Event | None:
    return None


def _splits_nothing(message: Message) -> Sequence[Message]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Spec:
    """What every service process has."""

    name: str
    inputs: tuple[Input, ...]
    tables: Path | tuple[Path, ...]
    projection_version: int
    routers: tuple[Router, ...]
    durable: Path | tuple[Path, ...] = ()
    background: tuple[Background, ...] = ()
    feeds: tuple[str, ...] = ()
    """What background tasks put into `Host.feeds`: before all of them are there, no process is ready or idle."""
    uploads: Mapping[str, int] = field(default_factory=dict)
    """Paths whose POST takes a body of up to so many bytes, and reads it as it arrives."""
    holding: Holding = NOTHING_HELD
    """What is open to callers who are held to legal entities, and how it is told whose a thing is; see held.py."""
    background_topics: tuple[str, ...] = ()
    """What background tasks read and write besides; without the environment, as all topics here."""

    @property
    def uses(self) -> frozenset[str]:
        """Every topic that a process of it reads or writes."""
        return frozenset((f"{self.name}.commands", *(i.topic for i in self.inputs), *self.background_topics))

    @property
    def table_files(self) -> tuple[Path, ...]:
        """Where its tables are defined, in the order in which they are made."""
        return (self.tables,) if isinstance(self.tables, Path) else self.tables

    @property
    def durable_files(self) -> tuple[Path, ...]:
        """Where the tables that no rebuild touches are defined."""
        return (self.durable,) if isinstance(self.durable, Path) else self.durable

    @property
    def takes(self) -> tuple[str, ...]:
        """The topics that it has a checkpoint for, without the environment."""
        return tuple(i.topic for i in self.inputs)

    @property
    def follows(self) -> frozenset[str]:
        """The services whose event logs its tables are made of."""
        return frozenset(i.topic.removesuffix(".events") for i in self.inputs if is_event_log(i.topic))


@dataclass(frozen=True, kw_only=True)
class Service(Spec):
    """A deciding service: one deterministic state machine per partition.

    `states` are the kinds its state is made of; `loaders` those whose rows its projection writes itself. `sends`
    maps another service to what may be asked of it, `publishes` a topic to what we put there. `watermark` reads
    (source, through) from an input that carries intake progress.

    `split` cuts an input that met a bug, so that only what can't be taken is isolated. It gives smaller messages of the
    same type that together say the same, in the order to take them; each that crashes again is cut in turn, down to one
    that gives none. Only hot commands and upstream events may be cut: other commands have one result.

    `remains` is what of an input must happen even where an operator discards it, such as taking its number; `None` for
    nothing. `undecodable` (an `UndecodableResolver` of shared/http/dead_letters.py) resolves dead letters that no
    partition put aside: the bytes that intake could not read.

    `followed` are the messages from which anything follows; an upstream event in batches that is none of them is passed
    by unread. Where that isn't said all are read.

    `commands` are those of the service and those of shared/kernel/recovery.py and claims.py, which every service takes.
    A loader of `EarlierUse` finds what has a key of a client in the service's tables, for those that nobody claimed.
    """

    events: Catalogue[Event]
    commands: Catalogue[Command]
    decide: Decide
    evolve: Evolve
    react: Reactions
    followed: frozenset[type[Message]] | None = None
    project: Project
    states: tuple[type[State], ...]
    runs: Mapping[type[Event], Runs] = field(default_factory=dict)
    loaders: Mapping[type[State], Loader] = field(default_factory=dict)
    preload: Preload = _preloads_nothing
    preload_next: PreloadNext = _preloads_nothing_next
    sends: Mapping[str, Catalogue[Command]] = field(default_factory=dict)
    publishes: Mapping[str, Catalogue[Event]] = field(default_factory=dict)
    watermark: Callable[[Event], tuple[int, datetime] | None] = field(default=lambda event: None)
    split: Split = _splits_nothing
    remains: Remains = _leaves_nothing
    undecodable: Any = None

    @cached_property
    def domain(self) -> Domain:
        """Its three pure functions, with the names of all that can stand in its log."""
        events = self.events | outcomes(self.name)
        functions: Any = {"decide": self.decide, "evolve": self.evolve, "react": self.react}
        return Domain(service=self.name, events=events, **functions, runs=self.runs)

    @cached_property
    def passed_by(self) -> frozenset[str]:
        """The types of upstream events that are not read."""
        if self.followed is None:
            return frozenset()
        upstream = {name: kind for source in self.inputs for name, kind in source.readable.items()}
        # Of an earlier version what follows is what follows from the newest.
        followed = {_unversioned(name) for name, kind in upstream.items() if kind in self.followed}
        return frozenset(name for name, kind in upstream.items() if kind.HOT and _unversioned(name) not in followed)

    @property
    def uses(self) -> frozenset[str]:
        own = (f"{self.name}.events", f"{self.name}.dead")
        return super().uses.union(own, (f"{to}.commands" for to in self.sends), self.publishes)

    @property
    def takes(self) -> tuple[str, ...]:
        return (f"{self.name}.events", f"{self.name}.commands", *super().takes)

    @property
    def follows(self) -> frozenset[str]:
        return super().follows | {self.name}

    def __post_init__(self) -> None:
        object.__setattr__(self, "commands", self.commands | recovery_commands(self.name) | claim_commands(self.name))


@dataclass(frozen=True, kw_only=True)
class ViewService(Spec):
    """A service that decides nothing: a projection of other services' events."""

    project: ProjectMany

    @property
    def commands(self) -> Catalogue[Command]:
        """None: its command topic exists for group membership alone."""
        return catalogue(self.name)
