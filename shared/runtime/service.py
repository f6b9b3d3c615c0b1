"""What a service hands to the runtime: its pure functions, its projection, its tables, its API. See any `app.py`.

SERVICE = Service(
    name="payments", events=EVENTS, commands=COMMANDS,
    inputs=(Input("rating.events", rating.EVENTS), Input("invoicing.events", invoicing.EVENTS)),
    decide=decide, evolve=evolve, react=react, project=project,
    tables=Path(__file__).with_name("tables.sql"), projection_version=1, router=router,
)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.kernel.decider import Decide, Document, Evolve, React
from shared.kernel.envelope import Envelope
from shared.kernel.message import Catalogue, Command, Event, Message, catalogue
from shared.runtime.postgres import Connection

if TYPE_CHECKING:
    from fastapi import APIRouter

    from shared.runtime.http.edge import Edge
    from shared.runtime.run import Runtime


class Applied(NamedTuple):
    """An event as a projection gets it. `offset` is its place in Kafka (what seeks), `envelope.seq` its number."""

    event: Any
    envelope: Envelope
    offset: int = -1


@dataclass(frozen=True)
class Input:
    """An upstream topic, without the environment's prefix, and what can be read from it."""

    topic: str
    catalogue: Catalogue[Event]


Loader = Callable[[Connection, int, Sequence[str]], Awaitable[Mapping[str, Document]]]
Needs = Callable[[Message], Sequence[tuple[type[Document], str]]]
Project = Callable[[Connection, int, Sequence[Applied]], Awaitable[None]]
Split = Callable[[Message], Sequence[Message]]
ProjectMany = Callable[[Connection, str, int, Sequence[Applied]], Awaitable[None]]
Background = Callable[["Runtime"], Awaitable[None]]


def _needs_nothing(message: Message) -> Sequence[tuple[type[Document], str]]:
    return ()


def _splits_nothing(message: Message) -> Sequence[Message]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Spec:
    """What every service process has."""

    name: str
    inputs: tuple[Input, ...]
    tables: Path
    projection_version: int
    router: Callable[[Edge], APIRouter]
    durable: Path | None = None
    background: tuple[Background, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Service(Spec):
    """A deciding service: one deterministic state machine per partition.

    `documents` are the kinds its state is made of; `loaders` those whose rows its projection writes itself. `sends`
    maps another service to what may be asked of it, `publishes` a topic to what we put there. `watermark` reads
    (source, through) from an input that carries intake progress.

    `split` cuts an input that met a bug, so that only what can't be taken is isolated. It gives smaller messages of the
    same type that together say the same, in the order to take them; each that crashes again is cut in turn, down to one
    that gives none. Only hot commands and upstream events may be cut: other commands have one result.
    """

    events: Catalogue[Event]
    commands: Catalogue[Command]
    decide: Decide
    evolve: Evolve
    react: React
    project: Project
    documents: tuple[type[Document], ...]
    loaders: Mapping[type[Document], Loader] = field(default_factory=dict)
    needs: Needs = _needs_nothing
    sends: Mapping[str, Catalogue[Command]] = field(default_factory=dict)
    publishes: Mapping[str, Catalogue[Event]] = field(default_factory=dict)
    watermark: Callable[[Event], tuple[int, datetime] | None] = field(default=lambda event: None)
    split: Split = _splits_nothing


@dataclass(frozen=True, kw_only=True)
class ViewService(Spec):
    """A service that decides nothing: a projection of other services' events."""

    project: ProjectMany

    @property
    def commands(self) -> Catalogue[Command]:
        """None: its command topic exists for group membership alone."""
        return catalogue(self.name)
