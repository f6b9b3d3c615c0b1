"""What the edge needs of the process around it: a service's worker is behind `Runtime`, a stub in tests.

The edge never looks further than this: where the clock stands, where reads go, what the service is called, whether it
is ready. Everything is asked at the time of a request, so an app can be built before any server is reached.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import asyncpg
from fastapi import APIRouter

from shared.runtime.settings import Settings

if TYPE_CHECKING:
    from shared.runtime.http.edge import Edge


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
    """The part of a `Service` that its edge is made from; one that decides also has `commands`."""

    @property
    def name(self) -> str: ...

    @property
    def router(self) -> Callable[[Edge], APIRouter]: ...

    @property
    def follows(self) -> frozenset[str]:
        """The services whose event logs its tables are made of."""
        ...


class Runtime(Protocol):
    """A running service process, as its edge sees it."""

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
