"""What a service may run beside its partitions: tasks of one process, each with a reader of its own where it reads.

    async def run_intake(host: Host) -> None:
        intake = Intake(host.kafka, host.clock)
        host.feeds["intake"] = intake          # the process is ready, settled and behind as this is
        await intake.run()

    Service(..., background=(run_intake,), feeds=("intake",))

A task that fails takes the process with it. A process is not ready before each of its feeds is there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from shared.engine.changes import Changes
from shared.engine.clock import Clock
from shared.engine.groups import Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.postgres import Pool
from shared.engine.settings import Settings


class Feed(Protocol):
    """A reader of something that no partition of ours owns: intake."""

    def standing(self) -> tuple[bool, str]:
        """Whether it reads, and what is wrong if not."""
        ...

    async def lag(self) -> int: ...
    async def settled(self) -> bool: ...


class Host(Protocol):
    """The process around a task, as the task sees it."""

    feeds: dict[str, Feed | None]
    """What this process takes besides the inputs of its partitions, by the names of `Service.feeds`; tasks add
    themselves. `None`: this process needs none."""

    @property
    def owned(self) -> frozenset[int]:
        """The partitions that this process works on now."""
        ...

    @property
    def settings(self) -> Settings: ...

    @property
    def kafka(self) -> Log: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def log_offsets(self) -> LogOffsets: ...

    @property
    def groups(self) -> Groups: ...

    @property
    def changes(self) -> Changes:
        """What wakes a task that has nothing to do."""
        ...

    @property
    def pool(self) -> Pool:
        """The database as the API reads it."""
        ...


Background = Callable[[Host], Awaitable[None]]
