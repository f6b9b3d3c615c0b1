"""What goes wrong, drawn from the seed: each fault is one that the design promises to survive.

kill        a process dies; the request it was waiting for happened, or did not
stall       a process stands still, is put out of its group, and wakes up later as a zombie
refuse      the broker or the database refuses a request, or does it and the answer is lost
time out    the broker aborts a transaction that took too long
lose        a transaction is recorded as ended, and some of what it wrote to gets no marker; its owner ends with it
fall back   intake crashes before its offset is committed
scale       a process joins, or one leaves in order
restore     the database of a service is put back to an older backup
bug         inputs that name one account crash one service, until a mended version takes its place
expire      a group's committed offsets and transactional ids are forgotten while nobody is there to use them
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from aiokafka.errors import KafkaConnectionError, KafkaError, MessageSizeTooLargeError, RequestTimedOutError

from tests.kit.memory_store import Database
from tests.simulation.process import ServiceProcess

if TYPE_CHECKING:
    from tests.simulation.world import World

BACKUP_EVERY_STEPS: Final = 150
PROCESSES_MAX: Final = 3
WEIGHTS: Final = {
    "kill": 8,
    "stall": 6,
    "refuse": 6,
    "time_out": 5,
    "lose": 5,
    "fall_back": 3,
    "scale": 3,
    "restore": 2,
    "expire": 2,
    "bug": 3,
}


class _Some:
    """A container that has most of what it is asked for, by chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def __contains__(self, place: object) -> bool:
        return self._chance.random() < 0.7


class Faults:
    """Strikes with probability `rate` before each step, at most `budget` times."""

    def __init__(self, world: World, chance: random.Random, *, rate: float, budget: int) -> None:
        self.struck: Counter[str] = Counter()
        self.weights: dict[str, int] = dict(WEIGHTS)
        self._world = world
        self._chance = chance
        self.rate = rate
        self.budget = budget
        self._backups: dict[str, Database] = {}
        self._outlived: list[ServiceProcess] = []

    def strike(self) -> None:
        """Perhaps."""
        if self.budget <= 0 or self._chance.random() >= self.rate:
            return
        kind = self._chance.choices(list(self.weights), list(self.weights.values()))[0]
        strike: Callable[[], bool] = getattr(self, f"_{kind}")
        if strike():
            self.budget -= 1
            self.struck[kind] += 1

    def back_up(self) -> None:
        """Now and then, one service's database."""
        name = self._chance.choice(list(self._world.databases))
        self._backups[name] = self._world.databases[name].copy()

    def repairs(self) -> list[Callable[[], None]]:
        """What brings back what was struck: supervisors, the broker's patience, the end of a pause, a new version, and
        processes that notice that their tables were put back."""
        world = self._world
        found: list[Callable[[], None]] = [world.respawn] if world.missing else []
        stalled = [p for p in world.processes if p.process.stalled]
        found += [lambda p=p: self._wake(p) for p in stalled]  # type: ignore[misc]
        self._outlived = [p for p in self._outlived if p in world.processes]
        found += [lambda p=p: world.kill(p) for p in self._outlived if p.process.responds]  # type: ignore[misc]
        if any(not member.alive() for group in world.groups() for member in group.members.values()):
            found.append(self._put_out)
        if world.hanging_transactions():
            found.append(lambda: self._abort(world.hanging_transactions()[0]))
        return found + world.bugs.repairs()

    # -- kinds -------------------------------------------------------------------------------------------------------

    def _kill(self) -> bool:
        victim = self._any_process()
        if victim is None:
            return False
        waiting = [request for request in self._world.machine.grantable() if request.process is victim.process]
        if waiting and self._chance.random() < 0.5:
            self._chance.choice(waiting).grant()
        self._world.kill(victim)
        return True

    def _stall(self) -> bool:
        victim = self._any_process()
        if victim is None:
            return False
        victim.process.stalled = True
        return True

    def _refuse(self) -> bool:
        requests = [r for r in self._world.machine.grantable() if not r.what.startswith(("join", "heartbeat", "leave"))]
        if not requests:
            return False
        request = self._chance.choice(requests)
        if request.what.startswith("store"):
            error: Exception = ConnectionError("the database went away")
        else:
            error = self._chance.choice([KafkaConnectionError(), RequestTimedOutError(), MessageSizeTooLargeError()])
        if self._chance.random() < 0.3:
            # Done, and the answer is lost, whatever it was.
            with contextlib.suppress(KafkaError):
                request.effect()
        request.future.set_exception(error)
        return True

    def _time_out(self) -> bool:
        open_ones = [known.id for known in self._world.broker.transactionals.values() if known.open is not None]
        if not open_ones:
            return False
        self._abort(self._chance.choice(open_ones))
        return True

    def _lose(self) -> bool:
        """Of a commit, as a broker does that goes down with it; or of an abort after a time-out."""
        broker = self._world.broker
        broker.lose_markers(_Some(self._chance))
        try:
            ending = [request for request in self._world.machine.grantable() if request.what == "commit"]
            if ending and self._chance.random() < 0.7:
                request = self._chance.choice(ending)
                request.grant()
                self._world.kill(next(p for p in self._world.processes if p.process is request.process))
                return True
            return self._time_out()
        finally:
            broker.lose_markers(())

    def _fall_back(self) -> bool:
        self._world.intake.fall_back()
        return True

    def _scale(self) -> bool:
        service = self._chance.choice(list(self._world.services))
        running = [p for p in self._world.processes if p.service == service and p.process.responds and not p.leaving]
        if len(running) > 1 and self._chance.random() < 0.5:
            self._chance.choice(running).leave()
        elif len(running) < PROCESSES_MAX:
            self._world.spawn(service)
        else:
            return False
        return True

    def _restore(self) -> bool:
        name = self._chance.choice(list(self._world.databases))
        if name not in self._backups:
            return False
        # Who does not die with the server must not decide upon what it reads now; it ends once it has noticed.
        for process in [p for p in self._world.processes if p.service == name]:
            if self._chance.random() < 0.5:
                self._world.kill(process)
            else:
                self._outlived.append(process)
        self._world.databases[name].restore(self._backups[name])
        return True

    def _expire(self) -> bool:
        """All of a service is down for longer than the broker keeps the offsets of a group without members, and
        transactional ids that nobody uses. (One that has something open would have its partition refuse to start.)
        """
        name = self._chance.choice(list(self._world.databases))
        for process in [p for p in self._world.processes if p.service == name]:
            self._world.kill(process)
        broker = self._world.broker
        broker.group(self._world.topic(name)).expire_offsets()
        hanging = {producer_id for partition in broker.partitions() for producer_id in partition.open_since()}
        for known in list(broker.transactionals.values()):
            if known.id.startswith(self._world.topic(f"{name}.")) and known.producer_id not in hanging:
                broker.forget_transactional(known.id)
        return True

    def _bug(self) -> bool:
        return self._world.bugs.strike()

    # -- helpers -----------------------------------------------------------------------------------------------------

    def _any_process(self) -> ServiceProcess | None:
        running = [process for process in self._world.processes if process.process.responds]
        return self._chance.choice(running) if running else None

    def _wake(self, process: ServiceProcess) -> None:
        process.process.stalled = False

    def _put_out(self) -> None:
        """The broker has not heard of a member for its session's length."""
        for group in self._world.groups():
            for member in list(group.members.values()):
                if not member.alive():
                    group.leave(member)
                    return

    def _abort(self, transactional_id: str) -> None:
        self._world.broker.time_out_transaction(transactional_id)
