"""What the projection has committed since, for those who watch: read from the audit index behind the checkpoints.

    feed = Feed(lambda: api.db)
    await feed.join()                # from here on it looks ten times a second, for all watchers together
    feed.memory.after(place)
    feed.leave()                     # with the last watcher it stops looking

It reads what every replica has committed, so whatever a frame names can be read by then. A moment in which more was
committed than the memory holds (a billing run over a large house) empties it: the watchers are told to read anew.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import asyncpg
import structlog

from services.reporting.audit.heads import Heads
from services.reporting.audit.heads import heads as heads_of
from services.reporting.stream.admitted import Admitted
from services.reporting.stream.memory import Memory
from services.reporting.stream.usage_news import UsageNews
from shared.engine.postgres import AWAY

LOOK_EVERY_S: Final = 0.1
"""What is committed is told within 300 ms: this, and what the look and the way take."""
CHECK_EVERY_S: Final = 2.0
"""How long who may not come in any more can go on watching."""
FRAMES_MAX: Final = 5000

log = structlog.get_logger()


_COMMITTED: Final = """
select e.id, e.type, e.aggregate_id, e.account_id, e.version, e.topic, nullif(o.legal_entity, '') as legal_entity
  from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) as moved (topic, partition, known, head)
  join audit_event e on e.topic = moved.topic and e.partition = moved.partition
                    and e.seq > moved.known and e.seq <= moved.head
  left join journal_entity o on o.account_id = e.account_id and o.log = 'invoicing'
 order by e.recorded_at, e.topic, e.partition, e.seq limit $5
"""


class Feed:
    """One for each process. `changed` is set when there is something new, or nothing more to come."""

    def __init__(
        self,
        pool: Callable[[], asyncpg.Pool[Any]],
        admitted: Admitted | None = None,
        *,
        size: int = FRAMES_MAX,
        every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._admitted = admitted
        self.memory = Memory(size)
        self.changed = asyncio.Event()
        self._pool = pool
        self._size = size
        self._every_s = every_s
        self._heads: Heads | None = None
        self._news = UsageNews()
        self._turn = asyncio.Lock()
        self._watchers = 0
        self._looking: asyncio.Task[None] | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it still looks; it stops where the database does not answer."""
        return self._looking is not None and not self._looking.done()

    async def join(self, stopping: asyncio.Event) -> None:
        """Look from now on, until the last has left or the process stops. Raises what the database raises."""
        async with self._turn:
            if not self.is_alive:
                await self._look()
                self._looking = asyncio.create_task(self._look_again_and_again(stopping), name="stream-feed")
        self._watchers += 1

    def leave(self) -> None:
        self._watchers -= 1
        if self._watchers == 0 and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _look_again_and_again(self, stopping: asyncio.Event) -> None:
        checked_at = asyncio.get_running_loop().time()
        try:
            while not stopping.is_set():
                await asyncio.sleep(self._every_s)
                await self._look()
                if asyncio.get_running_loop().time() - checked_at >= CHECK_EVERY_S:
                    checked_at = asyncio.get_running_loop().time()
                    await self._check()
        except (*AWAY, asyncpg.PostgresError) as error:
            log.warning("stream_feed_stopped", error=repr(error))
        finally:
            self._wake()

    async def _look(self) -> None:
        pool = self._pool()
        heads = await heads_of(pool)
        if self._heads is None:
            self._heads = heads
            return
        known = self._heads
        moved = [(*place, known.get(place, 0), head) for place, head in heads.items() if head > known.get(place, 0)]
        rows = await self._committed(pool, moved) if moved else []
        news = self._news.due(int(asyncio.get_running_loop().time() * 1000))
        if len(rows) > self._size:
            self.memory.empty()
        else:
            self.memory.add([*map(_content, rows), *news])
        if rows or news:
            self._wake()

    async def _committed(self, pool: asyncpg.Pool[Any], moved: list[tuple[str, int, int, int]]) -> list[Any]:
        """The trail's rows of what has moved: so many at most, and one more where there are more."""
        rows: list[Any] = await pool.fetch(
            _COMMITTED, *(list(column) for column in zip(*moved, strict=True)), self._size + 1
        )
        self._heads = (self._heads or {}) | {(topic, partition): head for topic, partition, _, head in moved}
        self._news.saw(moved, Counter(row["topic"] for row in rows))
        return rows

    async def _check(self) -> None:
        if self._admitted is not None and await self._admitted.check(self._pool()):
            self._wake()

    def _wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()


def _content(row: asyncpg.Record) -> dict[str, Any]:
    """No more than what of what has changed: a frame holds nothing personal."""
    return {
        "id": row["id"],
        "type": row["type"],
        "subject": row["aggregate_id"],
        "version": row["version"],
        "service": row["topic"].partition(".")[0],
        "account_id": row["account_id"],
        "legal_entity": row["legal_entity"],
    }
