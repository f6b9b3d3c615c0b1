"""The job `audit-export`: the events of a span, from the log, with a signed manifest of all its files.

A file holds up to `LINES_PER_FILE` events of one partition, a line each, in the partition's order. Personal fields
stay sealed whoever asks: the trail proves what happened, and the hash of each payload as it stands in the log proves
the line.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any, Final

import asyncpg
import msgspec

from services.reporting.audit.models import EVENT
from services.reporting.audit.payloads import LogOffset
from services.reporting.audit.personal import shown
from services.reporting.job.runner import JobFailed, Run
from services.reporting.job.zipped import part
from shared.http.lookup import Lookup
from shared.http.problems import Unavailable
from shared.http.signing import SigningKey
from shared.kernel.envelope import format_instant
from shared.kernel.manifest import FORMAT, MANIFEST, SIGNATURE, START, FileEntry, Manifest, as_text, link

KIND: Final = "audit-export"
EVENTS_MAX: Final = 500_000
LINES_PER_FILE: Final = 10_000
AT_ONCE: Final = 1_000
WITHIN_S: Final = 1800.0
_STORED: Final = {"identity": "durable.access_event", "personal-data": "durable.personal_read"}


class Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`start` is included, `end` is not; RFC 3339."""

    start: str
    end: str
    topic: str | None = None
    account_id: str | None = None


_WHERE: Final = """
  from audit_event_view where recorded_at >= $1::text::timestamptz and recorded_at < $2::text::timestamptz
   and ($3::text is null or topic = $3) and ($4::text is null or account_id = $4)
"""
_ROWS: Final = f"select {', '.join(EVENT.columns)}, partition, seq, log_offset {_WHERE} order by topic, partition, seq"


async def run(run: Run) -> None:
    """Raises `JobFailed`."""
    asked = msgspec.convert(run.job.request, Asked)
    given = (asked.start, asked.end, asked.topic, asked.account_id)
    files = _Files(run)
    try:
        async with (
            asyncio.timeout(WITHIN_S),
            run.pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            run.total = await connection.fetchval(f"select count(*) {_WHERE}", *given)
            if run.total > EVENTS_MAX:
                detail = f"{run.total} events match, at most {EVENTS_MAX} are exported; narrow the span"
                raise JobFailed("too_many_rows", detail)
            lookup, rows = Lookup(lambda: run.settings), []
            async for row in connection.cursor(_ROWS, *given, prefetch=AT_ONCE):
                rows.append(row)
                if len(rows) == AT_ONCE:
                    await _write(connection, lookup, files, rows)
                    rows = []
            await _write(connection, lookup, files, rows)
    except TimeoutError as error:
        raise JobFailed("too_slow", f"it can't be read within {WITHIN_S:.0f} s; narrow the span") from error
    except Unavailable as error:
        raise JobFailed(error.code, error.detail) from error
    await files.finish(msgspec.to_builtins(asked))


async def _write(connection: Any, lookup: Lookup, files: _Files, rows: Sequence[asyncpg.Record]) -> None:
    if not rows:
        return
    places = [_place(row) for row in rows if row["topic"] not in _STORED]
    found = await lookup.read(places)
    stored = await _stored(connection, rows)
    for row in rows:
        if row["topic"] in _STORED:
            raw: bytes = stored[row["topic"], row["seq"]]
        elif (record := found.get(_place(row))) is None:
            raise JobFailed("log_incomplete", f"{row['id']} is in the index and not in the log")
        else:
            raw = record.value or b"null"
        await files.add(row, raw)


def _place(row: asyncpg.Record) -> LogOffset:
    return LogOffset(row["topic"], row["partition"], row["log_offset"])


async def _stored(connection: Any, rows: Sequence[asyncpg.Record]) -> dict[tuple[str, int], bytes]:
    """What is in the trail and not in the log."""
    found: dict[tuple[str, int], bytes] = {}
    for topic, table in _STORED.items():
        seqs = [row["seq"] for row in rows if row["topic"] == topic]
        if seqs:
            sql = f"select seq, data::text as data from {table} where seq = any($1::bigint[])"
            found |= {(topic, row["seq"]): row["data"].encode() for row in await connection.fetch(sql, seqs)}
    return found


class _Files:
    """The files of one export, in a chain."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._entries: list[FileEntry] = []
        self._chain = START
        self._of: tuple[str, int] | None = None
        self._lines: list[bytes] = []
        self._seqs: list[int] = []

    async def add(self, row: asyncpg.Record, raw: bytes) -> None:
        of = (row["topic"], row["partition"])
        if self._of != of or len(self._lines) == LINES_PER_FILE:
            await self._close()
            self._of = of
        line = {
            **EVENT.values(row),
            "partition": row["partition"],
            "seq": row["seq"],
            "payload_sha256": hashlib.sha256(raw).hexdigest(),
            "data": await shown(msgspec.json.decode(raw), None),
        }
        self._lines.append(msgspec.json.encode(line))
        self._seqs.append(row["seq"])
        self._run.done += 1

    async def _close(self) -> None:
        if self._of is None or not self._lines:
            return
        topic, partition = self._of
        content = b"\n".join((*self._lines, b""))
        digest = hashlib.sha256(content).hexdigest()
        self._chain = link(self._chain, digest)
        entry = FileEntry(
            name=f"events/{topic}-{partition}-{self._seqs[0]}.ndjson",
            topic=topic,
            partition=partition,
            count=len(self._lines),
            first_seq=self._seqs[0],
            last_seq=self._seqs[-1],
            sha256=digest,
            chain=self._chain,
        )
        await self._run.put(part(entry.name, content))
        self._entries.append(entry)
        self._lines, self._seqs = [], []

    async def finish(self, asked: dict[str, str]) -> None:
        await self._close()
        run, key = self._run, SigningKey(self._run.settings)
        text = as_text(
            Manifest(
                format=FORMAT,
                env=run.settings.env,
                export_id=run.job.job_id,
                made_at=format_instant(run.clock.now()),
                made_by=run.job.owner,
                asked=asked,
                events=run.done,
                files=self._entries,
                chain=self._chain,
                public_key=key.public,
            )
        )
        await run.put(part(MANIFEST, text))
        await run.put(part(SIGNATURE, key.sign(text).hex().encode()))
