"""Everything that a run consists of, and the choice of what happens next.

    world = World(4711, faulty=True)
    world.play()
    world.steps, world.faults.struck, world.observer.events("invoicing", InvoiceIssued)

The choice is made whenever nothing is ready to run: a fault perhaps, then one of the requests of the processes, a move
of the story, of intake, or a repair. Each choice is a step.
"""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta
from typing import Any, Final
from unittest.mock import patch

from shared.engine.service import Service
from shared.engine.settings import Settings
from tests.kit.memory_log import Broker
from tests.kit.memory_log.group import Group
from tests.kit.memory_store import Database
from tests.kit.memory_store.connection import Locks
from tests.simulation.bugs import HAUNTED, Bugs
from tests.simulation.faults import BACKUP_EVERY_STEPS, Faults
from tests.simulation.intake import Intake
from tests.simulation.loop import VirtualLoop, running
from tests.simulation.machine import Machine, make_task
from tests.simulation.observer import Observer
from tests.simulation.plot import stages
from tests.simulation.process import ServiceProcess
from tests.simulation.services import SERVICES
from tests.simulation.story import OPENING, Story
from tests.simulation.timeline import Timeline

STEPS_MAX: Final = 8_000
# Longer than any wait of the runtime that leads to something: a timer that was not closed is sent again after 5 s.
QUIET_S: Final = 6.0
PATIENCE: Final = 8
# A worker's wait for messages: most of the work of a world at rest is waiting again.
POLL_S: Final = 2.0


class Stuck(AssertionError):
    """Nothing moves and the story is not at its end, or it moves for ever."""


class World:
    """One run of one seed. `faulty` draws an order of events and faults; else all is well and in order."""

    def __init__(self, seed: int, *, faulty: bool, partitions: int = 2) -> None:
        self.partitions = partitions
        self.env = "sim"
        self.settings = Settings.model_validate({"env": self.env, "partitions": partitions})
        self.story = Story.drawn(seed, partitions=partitions)
        self.now = OPENING
        self.steps = 0
        self.published = 0
        self._chance = chance = random.Random(f"{seed}/schedule")
        self.bugs = Bugs(self, chance)
        self.services: dict[str, Service] = {
            name: self.bugs.haunt(name, service) if name in HAUNTED else service for name, service in SERVICES.items()
        }
        self.broker = _broker(self.env, partitions, list(SERVICES))
        self.databases = {name: Database() for name in SERVICES}
        self.locks = {name: Locks() for name in SERVICES}
        self.observer = Observer(self.broker, self.env, self.services, partitions, haunted=self.bugs.met)
        self.deaths: list[str] = []
        self.processes: list[ServiceProcess] = []
        self.missing: list[str] = []
        self._faulty = faulty
        self.machine = Machine(chance, orderly=not faulty)
        self.intake = Intake(self, chance, orderly=not faulty)
        self.timeline = Timeline(self, stages(self.story), chance, impatience=0.02 if faulty else 0.0)
        rate = chance.choice((0.003, 0.01, 0.03)) if faulty else 0.0
        self.faults = Faults(self, chance, rate=rate, budget=chance.randint(10, 40))
        self._lives = 0
        self._moved_at_s = 0.0
        self._patience = PATIENCE
        self._error: BaseException | None = None
        self._over: asyncio.Event

    # -- the run -----------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """To the end of the story. Raises what was found to be wrong on the way."""
        with running(VirtualLoop(self._idle)) as loop, patch("shared.engine.worker.POLL_S", POLL_S):
            loop.set_task_factory(make_task)  # type: ignore[arg-type]
            loop.set_exception_handler(lambda _loop, _context: None)
            self._loop = loop
            loop.run_until_complete(self._main())
        self.observer.follow()

    async def _main(self) -> None:
        self._over = asyncio.Event()
        for name in self.services:
            for _ in range(self._chance.randint(1, 2) if self._faulty else 1):
                self.spawn(name)
        await self._over.wait()
        await self._shut_down()
        if self._error is not None:
            raise self._error

    async def _shut_down(self) -> None:
        tasks = [task for process in self.processes for task in process.process.tasks]
        for process in list(self.processes):
            self.machine.kill(process.process)
        if tasks:
            await asyncio.wait(tasks)

    # -- choosing ----------------------------------------------------------------------------------------------------

    def _idle(self) -> bool:
        """Called when nothing is ready. Whether something is now; if not, time may jump to the next timer."""
        if self._over.is_set():
            return False
        try:
            return self._choose() or self._nothing_moves()
        except BaseException as error:
            self._end(error)
            return True

    def _choose(self) -> bool:
        if self._faulty and not self.timeline.resting:
            self.faults.strike()
            if self.steps % BACKUP_EVERY_STEPS == 0:
                self.faults.back_up()
        if not self._move():
            return False
        self.steps += 1
        self._moved_at_s = self._loop.now_s
        if self.steps > STEPS_MAX:
            raise Stuck(f"no end after {STEPS_MAX} steps; waiting for {self.timeline.waiting_for()}")
        return True

    def _move(self) -> bool:
        """One step: mostly a request; else the story, intake, a repair."""
        draw = self._chance.random() if self._faulty else 1.0
        if draw < 0.08 and self._story_moves():
            return True
        if draw < 0.12 and self._repair():
            return True
        requests = self.machine.grantable()
        if requests:
            self.machine.choose(requests).grant()
            return True
        return self._repair() or self._story_moves()

    def _story_moves(self) -> bool:
        told = self.timeline.moves()
        moves = [*told, *self.intake.moves()]
        if self.timeline.finished:
            self._end(None)
            return True
        if not moves:
            return False
        if told:
            self._patience = PATIENCE
        (self._chance.choice(moves) if self._faulty else moves[0])()
        return True

    def _repair(self) -> bool:
        repairs = self.faults.repairs()
        if repairs:
            (self._chance.choice(repairs) if self._faulty else repairs[0])()
        return bool(repairs)

    def _nothing_moves(self) -> bool:
        """No request, no move. After a while without either, whoever waits says it again."""
        for process in self.processes:
            if trouble := process.trouble():
                raise Stuck(f"{process.name} refuses a partition: {trouble}")
        if self._loop.now_s - self._moved_at_s < QUIET_S:
            return False
        self._moved_at_s = self._loop.now_s
        self._patience -= 1
        if self._patience == 0:
            raise Stuck(f"nothing moves at step {self.steps}; waiting for {self.timeline.waiting_for()}")
        if self._patience % 2:
            self.intake.say_again()
        else:
            self.timeline.nothing_moves()
        return True

    def _end(self, error: BaseException | None) -> None:
        self._error = error
        self._over.set()

    # -- what others ask and do --------------------------------------------------------------------------------------

    def topic(self, name: str) -> str:
        return f"{self.env}.{name}"

    def set_clock(self, at: datetime) -> None:
        self.now = at

    def result(self, service: str, command_id: str) -> dict[str, Any] | None:
        """What the API would show of a command."""
        rows = self.databases[service].results
        found = [rows[command_id, partition] for partition in range(self.partitions) if (command_id, partition) in rows]
        return max(found, key=lambda row: (row["final"], row["status"] == "done"), default=None)

    def groups(self) -> list[Group]:
        return [self.broker.group(self.topic(name)) for name in self.services]

    def hanging_transactions(self) -> list[str]:
        """Transactional ids with an open transaction whose owner is gone or stands still."""
        busy = {r.what for r in self.machine.requests}
        if busy & {"produce", "offsets", "commit", "close"}:
            return []
        return [known.id for known in self.broker.transactionals.values() if known.open is not None]

    def spawn(self, service: str) -> None:
        self._lives += 1
        skew = timedelta(milliseconds=self._chance.randint(-2000, 2000) if self._faulty else 0)
        self.processes.append(ServiceProcess(self, service, f"{service}-{self._lives:03}", skew=skew))

    def respawn(self) -> None:
        """The supervisor starts what has died."""
        self.spawn(self.missing.pop(0))

    def kill(self, process: ServiceProcess) -> None:
        self.ended(process)
        self.missing.append(process.service)

    def ended(self, process: ServiceProcess) -> None:
        """A process has left for good."""
        if process in self.processes:
            self.processes.remove(process)
            self.machine.kill(process.process)

    def died(self, process: ServiceProcess, error: BaseException, *, known: bool) -> None:
        if process not in self.processes:
            return
        self.deaths.append(f"{process.name}: {error!r}")
        self.kill(process)
        if not known:
            self._end(error)


def _broker(env: str, partitions: int, services: list[str]) -> Broker:
    broker = Broker()
    for name in ("usage.reported", "usage.guided", *(f"{s}.{kind}" for s in services for kind in _KINDS)):
        broker.create_topic(f"{env}.{name}", partitions=partitions)
    return broker


_KINDS: Final = ("commands", "events", "dead")
