"""Work that somebody asked for, in a durable table, since no event says so: one process at a time has it, by a lease.

    QUEUE = Leased("durable.job", key="job_id", kind=Job, json={"request": dict[str, Any]})

    taken = await QUEUE.take(pool)                    # by one of the processes; it renews its lease
    await QUEUE.renew(pool, taken, done=500)          # False: cancelled meanwhile, or another process has it
    await QUEUE.finish(pool, taken, DONE)

Running work whose lease has run out has lost its process: another takes it, as the next attempt.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

import msgspec

from shared.engine.postgres import Connection, Pool

LEASE_S: Final = 30

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
STATUSES: Final = (QUEUED, RUNNING, DONE, FAILED, CANCELLED)


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What every such table has, besides `lease_until`."""

    status: str
    done: int
    failed: int
    attempt: int
    cancel_requested: bool
    created_at: datetime
    finished_at: datetime | None

    @property
    def has_ended(self) -> bool:
        return self.finished_at is not None


W = TypeVar("W", bound=Work)


class Leased(Generic[W]):
    """A table of work. `json` are its columns of JSON with their types; `again` is set where work is taken, in SQL."""

    def __init__(self, table: str, *, key: str, kind: type[W], json: Mapping[str, Any], again: str = "") -> None:
        self.columns: Final = ", ".join(kind.__struct_fields__)
        self._table, self._key, self._kind, self._json = table, key, kind, json
        self._mine = f"where {key} = $1 and attempt = $2 and status = 'running'"
        # The oldest first; of those that run, the ones whose process speaks no more.
        self._take = f"""
update {table}
   set status = 'running', attempt = attempt + 1, {again} lease_until = now() + make_interval(secs => $1)
 where {key} = (
     select {key} from {table}
      where finished_at is null and (status = 'queued' or lease_until < now())
      order by created_at limit 1 for update skip locked)
returning {self.columns}
"""
        # What nobody works on is cancelled at once.
        self._cancel = f"""
update {table}
   set cancel_requested = true,
       status = case when status = 'queued' then 'cancelled' else status end,
       finished_at = case when status = 'queued' then now() end
 where {key} = $1 and finished_at is null
returning {self.columns}
"""

    async def find(self, database: Pool | Connection, key: str) -> W | None:
        row = await database.fetchrow(f"select {self.columns} from {self._table} where {self._key} = $1", key)
        return None if row is None else self.of(row)

    async def take(self, database: Pool | Connection) -> W | None:
        """The next work, with a lease; `None` where there is none."""
        row = await database.fetchrow(self._take, LEASE_S)
        return None if row is None else self.of(row)

    async def renew(self, database: Pool | Connection, work: W, **known: Any) -> bool:
        """Speak for it for another while, and say how far it is; whether to go on. What is `None` stays."""
        sets = "".join(f", {name} = coalesce(${n}, {name})" for n, name in enumerate(known, 4))
        sql = f"update {self._table} set lease_until = now() + make_interval(secs => $3){sets} {self._mine}"
        arguments = (*self._of_mine(work), LEASE_S, *known.values())
        return bool(await database.fetchval(f"{sql} returning not cancel_requested", *arguments))

    async def finish(self, database: Pool | Connection, work: W, status: str, **known: Any) -> bool:
        """It has ended; whether it was this process that had it."""
        sets = "".join(f", {name} = ${n}" for n, name in enumerate(known, 4))
        sql = f"update {self._table} set status = $3, finished_at = now(), lease_until = null{sets} {self._mine}"
        return bool(await database.fetchval(f"{sql} returning true", *self._of_mine(work), status, *known.values()))

    async def give_back(self, database: Pool | Connection, work: W) -> None:
        """The process stops in good order: the next one goes on."""
        await database.execute(f"update {self._table} set status = 'queued' {self._mine}", *self._of_mine(work))

    async def cancel(self, database: Pool | Connection, key: str) -> W | None:
        """Ask that it stops; `None` where it has ended."""
        row = await database.fetchrow(self._cancel, key)
        return None if row is None else self.of(row)

    def of(self, row: Any) -> W:
        """A row of the table."""
        values = {name: row[name] for name in self._kind.__struct_fields__}
        decoded = {name: msgspec.json.decode(values.pop(name), type=kind) for name, kind in self._json.items()}
        return self._kind(**values, **decoded)

    def _of_mine(self, work: W) -> tuple[str, int]:
        return getattr(work, self._key), work.attempt
