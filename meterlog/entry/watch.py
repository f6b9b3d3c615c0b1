"""The independent watch: whether each service does its work, seen from outside of it.

    watch = Watch(services, logs, partitions=4, standstill_s=20)
    (await watch.states())["reporting"]
    ServiceState(ready=False, lag=12, detail="rating.events/3 stands still at 1101 for 42 s, 12 behind", ...)

Kafka says where the logs end and which live member has each partition; a service's tables say what has been taken.
Neither is what a process believes of itself. Ready is a service that says so, each of whose partitions has an owner and
is at its log's end or on the way there. What can't be seen is not ready. `usage.reported` counts as usage's.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

import structlog
from aiokafka.errors import KafkaError

from meterlog.entry.services import Services
from meterlog.entry.waiting import Waiting
from meterlog.installation import SERVICES
from shared.engine.groups import STABLE, Group
from shared.engine.telemetry import LAG, READY
from shared.http.problems import Unavailable
from shared.kernel.envelope import parse_instant

EVERY_S: Final = 2.0
FRESH_S: Final = 0.5
ASK_TIMEOUT_S: Final = 2.0
LOOK_TIMEOUT_S: Final = 6.0
_NAMED_MAX: Final = 3
_INTAKE: Final = ("usage.intake", "usage.reported")

log = structlog.get_logger()


class Logs(Protocol):
    async def behind(self, taken: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]: ...
    async def committed(self, group: str, topic: str) -> Sequence[int]: ...
    async def group(self, name: str, topic: str) -> Group: ...


class PartitionProgress(NamedTuple):
    """What a partition of a service has taken of one log, and since when it has neither moved nor been at the end."""

    taken: int
    behind: int
    since: float


@dataclass(frozen=True)
class ServiceState:
    """`lag`: messages of all partitions that are not taken; `None` while the service has never told."""

    ready: bool
    answers: bool
    detail: str
    lag: int | None
    unready_s: float
    """For how long it has not been ready; 0 while it is."""
    stands_still_s: float | None
    """The longest that one of its partitions has stood still, though there is something to take."""
    oldest_untaken_s: float | None = None
    """How long the oldest message has been there that is not taken; 0 where there is none, `None` as `lag`."""
    shown_at: datetime | None = None
    """When the newest event of its log was recorded that reporting shows."""
    shown_behind: int | None = None
    """How much of its log reporting does not show yet."""


@dataclass
class _Told:
    """What a service answered this time; `taken` is what it has told last."""

    ready: bool
    detail: str
    answers: bool
    taken: Mapping[str, Sequence[int]]
    recorded_at: Mapping[str, datetime]


class Watch:
    """One per entry. It looks every two seconds, and when it is asked."""

    def __init__(
        self,
        services: Services,
        logs: Logs,
        *,
        partitions: int,
        standstill_s: float,
        fresh_s: float = FRESH_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._services = services
        self._logs = logs
        self._partitions = partitions
        self._standstill_s = standstill_s
        self._fresh_s = fresh_s
        self._now = now
        self._told: dict[str, _Told] = {}
        self._progress: dict[tuple[str, str, int], PartitionProgress] = {}
        self._waiting = Waiting()
        self._unready_since: dict[str, float] = {}
        self._states: Mapping[str, ServiceState] = {}
        self._looked_at = -1e9
        self._looking = asyncio.Lock()

    async def run(self) -> None:
        """Until cancelled. A look that fails is seen by whoever asks: the next one looks again."""
        while True:
            try:
                await self.states()
            except Exception:
                log.exception("watch_failed")
            await asyncio.sleep(EVERY_S)

    async def states(self) -> Mapping[str, ServiceState]:
        """Of all five services, half a second old at most."""
        async with self._looking:
            if self._now() - self._looked_at >= self._fresh_s:
                self._states = await self._look()
                self._looked_at = self._now()
        return self._states

    async def _look(self) -> Mapping[str, ServiceState]:
        for name, told in zip(SERVICES, await asyncio.gather(*map(self._ask, SERVICES)), strict=True):
            self._told[name] = told
        try:
            async with asyncio.timeout(LOOK_TIMEOUT_S):
                blind = None
                wrong = await self._compare()
        except (KafkaError, OSError, TimeoutError) as error:
            blind = f"Kafka does not answer: {str(error) or type(error).__name__}"
            wrong = {}
        return {name: self._state(name, blind or wrong.get(name)) for name in SERVICES}

    async def _ask(self, service: str) -> _Told:
        before = self._told.get(service) or _Told(False, "", False, {}, {})
        try:
            ready, taken = await asyncio.gather(
                self._services.ask(service, "/readyz", timeout_s=ASK_TIMEOUT_S),
                self._services.ask(service, "/internal/taken", timeout_s=ASK_TIMEOUT_S),
            )
        except Unavailable as error:
            return _Told(False, error.detail, False, before.taken, before.recorded_at)
        detail = str(_content(ready.content).get("detail") or "")
        told = _content(taken.content)
        if taken.status_code != 200 or not _whole(told.get("taken"), self._partitions):
            why = detail or f"{service} does not say what it has taken"
            return _Told(False, why, True, before.taken, before.recorded_at)
        recorded_at = {topic: parse_instant(at) for topic, at in (told.get("recorded_at") or {}).items()}
        return _Told(ready.status_code == 200, detail, True, told["taken"], recorded_at)

    async def _compare(self) -> dict[str, str]:
        """Note how each place stands; returns what is wrong with a service, by its name."""
        groups = {name: (name, f"{name}.commands") for name in SERVICES}
        described, intake, reported = await asyncio.gather(
            asyncio.gather(*(self._logs.group(*groups[name]) for name in SERVICES)),
            self._logs.group(*_INTAKE),
            self._logs.committed(*_INTAKE),
        )
        takers = {name: told.taken for name, told in self._told.items()}
        takers["usage"] = {**takers["usage"], _INTAKE[1]: reported}
        # Asked in one turn, they are one question to the broker.
        await asyncio.gather(*(self._note(name, takers[name]) for name in SERVICES))
        wrong = {}
        for name, group in zip(SERVICES, described, strict=True):
            why = self._unowned(groups[name], group) or (self._unowned(_INTAKE, intake) if name == "usage" else None)
            if why := why or self._why_stalled(name):
                wrong[name] = why
        return wrong

    async def _note(self, service: str, taken: Mapping[str, Sequence[int]]) -> None:
        behind = await self._logs.behind(taken)
        now = self._now()
        for topic, offsets in taken.items():
            for partition, offset in enumerate(offsets):
                place = (service, topic, partition)
                before, left = self._progress.get(place), behind[topic][partition]
                stays = before is not None and left > 0 and before.behind > 0 and offset == before.taken
                since = before.since if before is not None and stays else now
                self._progress[place] = PartitionProgress(offset, left, since)
                self._waiting.note(place, taken=offset, behind=left, now=now)

    def _unowned(self, names: tuple[str, str], group: Group) -> str | None:
        missing = group.unowned(self._partitions)
        if not missing:
            return None
        if group.state != STABLE:
            return f"nobody has partitions of {names[1]}: the group {names[0]} is {group.state}"
        return f"nobody has partitions {missing} of {names[1]}"

    def _why_stalled(self, service: str) -> str | None:
        """What stands still, the longest first."""
        found = sorted(
            (progress.since, f"{topic}/{partition}", progress)
            for (name, topic, partition), progress in self._progress.items()
            if name == service and progress.behind > 0 and self._now() - progress.since >= self._standstill_s
        )
        places = [
            f"{place} stands still at {progress.taken} for {self._now() - since:.0f} s, {progress.behind} behind"
            for since, place, progress in found[:_NAMED_MAX]
        ]
        more = f"; and {len(found) - _NAMED_MAX} more partitions" if len(found) > _NAMED_MAX else ""
        return "; ".join(places) + more if places else None

    def _state(self, service: str, wrong: str | None) -> ServiceState:
        told = self._told[service]
        ready = told.ready and wrong is None
        now = self._now()
        since = self._unready_since.setdefault(service, now)
        if ready:
            del self._unready_since[service]
        mine = [progress for (name, _, _), progress in self._progress.items() if name == service]
        still = [now - p.since for p in mine if p.behind > 0 and now - p.since >= self._standstill_s]
        lag = sum(p.behind for p in mine) if told.taken and mine else None
        reasons = [reason for reason in (None if told.ready else told.detail, wrong) if reason]
        READY.labels(service).set(ready)
        if lag is not None:
            LAG.labels(service).set(lag)
        return ServiceState(
            ready=ready,
            answers=told.answers,
            detail="; ".join(reasons) if reasons else told.detail,
            lag=lag,
            unready_s=0.0 if ready else now - since,
            stands_still_s=max(still, default=None),
            oldest_untaken_s=None if lag is None else self._waiting.oldest_s(service, now),
            **self._shown(service),
        )

    def _shown(self, service: str) -> dict[str, Any]:
        """How much of a service's events reporting shows; of reporting itself: of all."""
        reporting = self._told["reporting"]
        topics = list(reporting.taken) if service == "reporting" else [f"{service}.events"]
        shown = [p for (name, topic, _), p in self._progress.items() if name == "reporting" and topic in topics]
        return {
            "shown_at": max((reporting.recorded_at[t] for t in topics if t in reporting.recorded_at), default=None),
            "shown_behind": sum(p.behind for p in shown) if shown else None,
        }


def _content(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _whole(taken: Any, partitions: int) -> bool:
    """Whether a service tells of every partition of at least one log: of nothing, nothing is ready."""
    return bool(taken) and isinstance(taken, dict) and all(len(offsets) == partitions for offsets in taken.values())
