"""Processes that can die, stand still and come back, and one scheduler that decides which of their requests is next.

    machine = Machine(random.Random("4711/schedule"))
    process = machine.spawn("rating-0", main)         # `main(process)` builds clients with `process.turns`
    machine.kill(process)                             # nothing it asked for happens any more, nothing is cleaned up

A request (a fetch, a send, a commit, a query) happens as a whole when the scheduler picks it, or never. So every
interleaving that requests of real processes could have is one that a seed can give.
"""

from __future__ import annotations

import asyncio
import contextvars
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from tests.kit.memory_log.turns import settle

T = TypeVar("T")

_PROCESS: contextvars.ContextVar[Process] = contextvars.ContextVar("process")


@dataclass(eq=False)
class Request:
    """Something a process has asked for and not been given yet."""

    process: Process
    what: str
    effect: Callable[[], Any]
    future: asyncio.Future[Any]

    def grant(self) -> None:
        settle(self.future, self.effect)


@dataclass(eq=False)
class Process:
    """`stalled` stands still (SIGSTOP, a long pause): its requests wait and its heartbeats stop."""

    name: str
    machine: Machine
    alive: bool = True
    stalled: bool = False
    tasks: dict[asyncio.Task[Any], None] = field(default_factory=dict)

    @property
    def responds(self) -> bool:
        return self.alive and not self.stalled

    @property
    def turns(self) -> ProcessTurns:
        return ProcessTurns(self)


class ProcessTurns:
    """The `Turns` of one process: everything it asks for goes through the machine."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._machine = process.machine

    def take(self, what: str, effect: Callable[[], T]) -> asyncio.Future[T]:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        if self._process.alive:
            self._machine.requests.append(Request(self._process, what, effect, future))
        else:
            future.cancel()
        return future

    def portion(self, available: int) -> int:
        return self._machine.portion(available)

    def order(self, names: Sequence[T]) -> Sequence[T]:
        return self._machine.order(names)


class Machine:
    """All processes and all their open requests. With `orderly`, first come is first served, and all of it."""

    # A fetch brings everything that is there as often as not; else the batches would all be small.
    _ALL_OF_IT: Final = 0.5

    def __init__(self, chance: random.Random, *, orderly: bool) -> None:
        self.requests: list[Request] = []
        self.processes: list[Process] = []
        self._chance = chance
        self._orderly = orderly

    def spawn(self, name: str, main: Callable[[Process], Coroutine[Any, Any, None]]) -> Process:
        """Start a process; every task that its main makes is part of it."""
        process = Process(name, self)
        self.processes.append(process)
        self.run_in(process, main(process))
        return process

    def run_in(self, process: Process, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A further task of a process."""
        context = contextvars.copy_context()
        context.run(_PROCESS.set, process)
        return context.run(asyncio.get_running_loop().create_task, coroutine)

    def kill(self, process: Process) -> None:
        """SIGKILL. What it has asked for and not been given never happens."""
        process.alive = False
        self.requests = [request for request in self.requests if request.process is not process]
        self.processes.remove(process)
        for task in list(process.tasks):
            task.cancel()

    def grantable(self) -> list[Request]:
        """What can happen next, in the order in which it was asked for."""
        self.requests = [request for request in self.requests if not request.future.done()]
        return [request for request in self.requests if not request.process.stalled]

    def choose(self, requests: Sequence[Request]) -> Request:
        return requests[0] if self._orderly else self._chance.choice(requests)

    def portion(self, available: int) -> int:
        if self._orderly or available <= 1 or self._chance.random() < self._ALL_OF_IT:
            return available
        return self._chance.randint(1, available)

    def order(self, names: Sequence[T]) -> Sequence[T]:
        return names if self._orderly else self._chance.sample(names, len(names))


def make_task(
    loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, Any], **options: Any
) -> asyncio.Task[Any]:
    """A task factory: each task is noted with the process that makes it, so that it can die with it."""
    task: asyncio.Task[Any] = asyncio.Task(coroutine, loop=loop, **options)
    process = _PROCESS.get(None)
    if process is not None:
        process.tasks[task] = None
        task.add_done_callback(lambda done: process.tasks.pop(done, None))
        if not process.alive:
            task.cancel()
    return task
