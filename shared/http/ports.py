"""What the API needs of the process around it: a service's worker is behind `Runtime`, a stub in tests.

The API never looks further than this: where the clock stands, where reads go, what the service is called, whether it
is ready. Everything is asked at the time of a request, so an app can be built before any server is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import asyncpg
from fastapi import APIRouter

from shared.engine.groups import Groups
from shared.engine.held import Holding
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.settings import Settings


class Clock(Protocol):
    """The time of this environment: the machine's, or the test clock's."""

    @property
    def test(self) -> bool:
        """Whether this is a test clock."""
        ...

    def now(self) -> datetime:
        """Aware UTC; never goes backwards."""
        ...


class ServiceFacts(Protocol):
    """The part of a `Service` that its API is made from; one that decides also has `commands`."""

    @property
    def name(self) -> str: ...

    @property
    def routers(self) -> Sequence[Callable[[Any], APIRouter]]:
        """Each makes routes of an `Api`; of two with the same path the first is taken."""
        ...

    @property
    def uploads(self) -> Mapping[str, int]:
        """Paths whose POST takes more bytes than others."""
        ...

    @property
    def holding(self) -> Holding:
        """What is open to callers held to legal entities; see entities.py."""
        ...

    @property
    def takes(self) -> Sequence[str]:
        """The topics that it has a checkpoint for."""
        ...

    @property
    def follows(self) -> frozenset[str]:
        """The services whose event logs its tables are made of."""
        ...


class Logs(Protocol):
    """The logs as they stand, whatever a service says of itself; lists are by partition. See logs.py."""

    async def behind(self, taken: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
        """Of each topic: offsets from the first record that is not taken to the end."""
        ...

    async def ends(self, topics: Sequence[str]) -> Mapping[str, Sequence[int]]: ...

    async def committed(self, group: str, topic: str) -> Sequence[int]: ...

    async def taken_by(self, service: str) -> Mapping[str, Sequence[int]]:
        """By topic, what a service's checkpoints say. Raises `Untold`."""
        ...


class Process(Protocol):
    """A running service process."""

    @property
    def settings(self) -> Settings: ...

    @property
    def service(self) -> ServiceFacts: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def pool(self) -> asyncpg.Pool[Any]:
        """Reads: the search path is the generation being served, then `durable`."""
        ...

    async def progress(self) -> dict[str, Any]:
        """`{"service", "now", "clock", "next_due", "idle", "activity", "lag"}` of this moment."""
        ...

    def ready(self) -> tuple[bool, str]:
        """Whether the whole pipe works (broker, database, lag), and what is missing if not."""
        ...


class Runtime(Process, Protocol):
    """A running service process, as its API sees it."""

    @property
    def logs(self) -> Logs: ...


class Engine(Process, Protocol):
    """A running service process, as its server is given it."""

    def caught_up(self) -> bool:
        """Whether the tables are where the log was when the process started; until then nobody is shown them."""
        ...

    @property
    def kafka(self) -> Log: ...

    @property
    def log_offsets(self) -> LogOffsets: ...

    @property
    def groups(self) -> Groups: ...
