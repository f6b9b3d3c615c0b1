"""Files in their durable table, since no event says so.

    file, is_new = await claim(connection, NewFile(...))   # the same content of the same source is the same file
    taken = await take(pool)                               # by one of the processes; it has a lease, and renews it
    await advance(pool, taken, progress)                   # False: cancelled meanwhile, or another process has it

A file whose lease has run out has lost its process: another goes on behind the last part that is in the log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec

from shared.engine.postgres import Connection, Pool

LEASE_S: Final = 30
UNFINISHED_MAX: Final = 100
FAILURES_MAX: Final = 100

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"


class NewFile(msgspec.Struct, frozen=True, kw_only=True):
    file_id: str
    sha256: bytes
    source: str
    format: str
    headers: dict[str, str]
    name: str
    owner: str
    size_bytes: int


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a piece was not taken; `id` is its place in the file, from 0."""

    id: str
    code: str
    detail: str


class File(msgspec.Struct, frozen=True, kw_only=True):
    file_id: str
    sha256: bytes
    source: str
    format: str
    headers: dict[str, str]
    name: str
    owner: str
    size_bytes: int
    status: str
    bodies: int
    done: int
    failed: int
    failures: list[Failure]
    sent: dict[int, int]
    attempt: int
    cancel_requested: bool
    created_at: datetime
    finished_at: datetime | None

    @property
    def has_ended(self) -> bool:
        return self.finished_at is not None


class TooManyFiles(Exception):
    """As many files wait as there may be."""


_COLUMNS: Final = ", ".join(File.__struct_fields__)
_CREATE: Final = f"""
insert into durable.usage_file (file_id, sha256, source, format, headers, name, owner, size_bytes)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sha256, source) do nothing returning {_COLUMNS}
"""
# One that was cancelled goes on where it stood; one of which nothing could be taken begins anew, a new version may.
_AGAIN: Final = f"""
update durable.usage_file
   set status = 'queued', finished_at = null, cancel_requested = false, headers = $3, format = $4,
       bodies = case when done = 0 then 0 else bodies end, failed = case when done = 0 then 0 else failed end,
       failures = case when done = 0 then '[]' else failures end
 where sha256 = $1 and source = $2 and status in ('failed', 'cancelled') returning {_COLUMNS}
"""
_TAKE: Final = f"""
update durable.usage_file
   set status = 'running', attempt = attempt + 1, lease_until = now() + make_interval(secs => $1)
 where file_id = (
     select file_id from durable.usage_file
      where finished_at is null and (status = 'queued' or lease_until < now())
      order by created_at limit 1 for update skip locked)
returning {_COLUMNS}
"""
_ADVANCE: Final = """
update durable.usage_file
   set lease_until = now() + make_interval(secs => $3), bodies = $4, done = $5, failed = $6, failures = $7,
       sent = $8
 where file_id = $1 and attempt = $2 and status = 'running' returning not cancel_requested
"""
_FINISH: Final = """
update durable.usage_file set status = $3, finished_at = now(), lease_until = null
 where file_id = $1 and attempt = $2 and status = 'running' returning true
"""
_CANCEL: Final = f"""
update durable.usage_file
   set cancel_requested = true,
       status = case when status = 'queued' then 'cancelled' else status end,
       finished_at = case when status = 'queued' then now() end
 where file_id = $1 and finished_at is null
returning {_COLUMNS}
"""


class Progress(msgspec.Struct):
    """How far an attempt has come. `done` counts pieces that were taken, `failed` those that were not.

    `sent` is the offset behind the last command that was sent, by partition.
    """

    bodies: int
    done: int
    failed: int
    failures: list[Failure]
    sent: dict[int, int]


async def claim(connection: Connection, new: NewFile) -> tuple[File, bool]:
    """The file, and whether its content is to be put: it is new, or did not come to its end. Raises `TooManyFiles`.

    Inside a transaction: whoever claims the same content waits for its end.
    """
    waiting = await connection.fetchval("select count(*) from durable.usage_file where finished_at is null")
    if waiting >= UNFINISHED_MAX:
        raise TooManyFiles
    headers = msgspec.json.encode(new.headers).decode()
    row = await connection.fetchrow(
        _CREATE, new.file_id, new.sha256, new.source, new.format, headers, new.name, new.owner, new.size_bytes
    )
    row = row or await connection.fetchrow(_AGAIN, new.sha256, new.source, headers, new.format)
    if row is not None:
        await connection.execute("delete from durable.usage_file_piece where file_id = $1", row["file_id"])
        return _file(row), True
    known = f"select {_COLUMNS} from durable.usage_file where sha256 = $1 and source = $2"
    return _file(await connection.fetchrow(known, new.sha256, new.source)), False


async def put_piece(connection: Connection, file_id: str, n: int, content: bytes) -> None:
    """Piece `n` of its content, packed."""
    await connection.execute("insert into durable.usage_file_piece values ($1, $2, $3)", file_id, n, content)


async def piece(pool: Pool, file_id: str, n: int) -> bytes | None:
    content: bytes | None = await pool.fetchval(
        "select content from durable.usage_file_piece where file_id = $1 and n = $2", file_id, n
    )
    return content


async def find(pool: Pool, file_id: str) -> File | None:
    row = await pool.fetchrow(f"select {_COLUMNS} from durable.usage_file where file_id = $1", file_id)
    return None if row is None else _file(row)


async def take(pool: Pool) -> File | None:
    """The next file to work on, with a lease; `None` where there is none."""
    row = await pool.fetchrow(_TAKE, LEASE_S)
    return None if row is None else _file(row)


async def advance(pool: Pool, file: File, progress: Progress) -> bool:
    """Note what is in the log, and speak for the file for another while; whether to go on."""
    failures = msgspec.json.encode(progress.failures[:FAILURES_MAX]).decode()
    counts = (progress.bodies, progress.done, progress.failed, failures, msgspec.json.encode(progress.sent).decode())
    return bool(await pool.fetchval(_ADVANCE, file.file_id, file.attempt, LEASE_S, *counts))


async def finish(pool: Pool, file: File, status: str) -> None:
    """It has ended: its content goes; whoever wants a failed one again sends it again."""
    if await pool.fetchval(_FINISH, file.file_id, file.attempt, status):
        await pool.execute("delete from durable.usage_file_piece where file_id = $1", file.file_id)


async def give_back(pool: Pool, file: File) -> None:
    """The process stops in good order: the next one goes on."""
    await pool.execute(
        "update durable.usage_file set status = 'queued' where file_id = $1 and attempt = $2 and status = 'running'",
        file.file_id,
        file.attempt,
    )


async def cancel(pool: Pool, file_id: str) -> File | None:
    """Ask that it stops; `None` where it has ended."""
    row = await pool.fetchrow(_CANCEL, file_id)
    return None if row is None else _file(row)


def _file(row: Any) -> File:
    values = {name: row[name] for name in File.__struct_fields__}
    headers = msgspec.json.decode(values.pop("headers"), type=dict[str, str])
    failures = msgspec.json.decode(values.pop("failures"), type=list[Failure])
    sent = msgspec.json.decode(values.pop("sent"), type=dict[int, int])
    return File(**values, headers=headers, failures=failures, sent=sent)
