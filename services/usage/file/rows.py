"""Files in their durable table, since no event says so.

    file, is_new = await claim(connection, NewFile(...))   # the same content of the same source is the same file
    taken = await QUEUE.take(pool)                         # by one of the processes; it has a lease, and renews it
    await advance(pool, taken, progress)                   # False: cancelled meanwhile, or another process has it

A file whose lease has run out has lost its process: another goes on behind the last part that is in the log.
"""

from __future__ import annotations

from typing import Final

import msgspec

from shared.engine.leased import Leased, Work
from shared.engine.postgres import Connection, Pool

UNFINISHED_MAX: Final = 100
FAILURES_KEPT: Final = 1_000
FAILURES_SHOWN: Final = 100
"""Of what was refused so much is kept of a file, and so much of that is in its job."""


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


class File(Work, frozen=True, kw_only=True):
    file_id: str
    sha256: bytes
    source: str
    format: str
    headers: dict[str, str]
    name: str
    owner: str
    size_bytes: int
    bodies: int
    failures: list[Failure]
    sent: dict[int, int]


class TooManyFiles(Exception):
    """As many files wait as there may be."""


QUEUE: Final = Leased(
    "durable.usage_file",
    key="file_id",
    kind=File,
    json={"headers": dict[str, str], "failures": list[Failure], "sent": dict[int, int]},
)
_CREATE: Final = f"""
insert into durable.usage_file (file_id, sha256, source, format, headers, name, owner, size_bytes)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sha256, source) do nothing returning {QUEUE.columns}
"""
# One that was cancelled goes on where it stood; one of which nothing could be taken begins anew, a new version may.
_AGAIN: Final = f"""
update durable.usage_file
   set status = 'queued', finished_at = null, cancel_requested = false, headers = $3, format = $4,
       bodies = case when done = 0 then 0 else bodies end, failed = case when done = 0 then 0 else failed end,
       failures = case when done = 0 then '[]' else failures end
 where sha256 = $1 and source = $2 and status in ('failed', 'cancelled') returning {QUEUE.columns}
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
        return QUEUE.of(row), True
    known = f"select {QUEUE.columns} from durable.usage_file where sha256 = $1 and source = $2"
    return QUEUE.of(await connection.fetchrow(known, new.sha256, new.source)), False


async def put_piece(connection: Connection, file_id: str, n: int, content: bytes) -> None:
    """Piece `n` of its content, packed."""
    await connection.execute("insert into durable.usage_file_piece values ($1, $2, $3)", file_id, n, content)


async def piece(pool: Pool, file_id: str, n: int) -> bytes | None:
    content: bytes | None = await pool.fetchval(
        "select content from durable.usage_file_piece where file_id = $1 and n = $2", file_id, n
    )
    return content


async def advance(pool: Pool, file: File, progress: Progress) -> bool:
    """Note what is in the log, and speak for the file for another while; whether to go on."""
    failures = msgspec.json.encode(progress.failures[:FAILURES_KEPT]).decode()
    return await QUEUE.renew(
        pool,
        file,
        bodies=progress.bodies,
        done=progress.done,
        failed=progress.failed,
        failures=failures,
        sent=msgspec.json.encode(progress.sent).decode(),
    )


async def finish(pool: Pool, file: File, status: str) -> None:
    """It has ended: its content goes; whoever wants a failed one again sends it again."""
    if await QUEUE.finish(pool, file, status):
        await pool.execute("delete from durable.usage_file_piece where file_id = $1", file.file_id)
