"""Who opened which account's personal fields: noted where they are opened, written down before the answer leaves.

    reading = begin()                    # of one request; the vault notes on it whose fields it opens
    reads = PersonalReads(vault, service="rating")
    await reads.record(Read(actor="user:u2", role="support", method="GET", route="/v1/accounts/{account_id}", ...))

The vault is the only place that opens anything, so no route can forget to say so. What was read is a row in the vault's
database, committed before the first byte of it goes out: who can't be written down is shown nothing. A list is one
read, with up to `ACCOUNTS_MAX` of its accounts and how many there were. The same reading of the same accounts on the
same route by the same caller is one row in `AGAIN_S`, since a page asks anew every half a minute. Requests that are
written down at the same moment share a transaction. Reporting takes the rows over into the audit trail.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextvars import Context, ContextVar
from typing import Any, Final, Protocol

import msgspec

ACCOUNTS_MAX: Final = 500
"""A page has so many rows at most; of a file only these are named."""
AGAIN_S: Final = 600.0
_REMEMBERED_MAX: Final = 20_000

SCHEMA: Final = """
create table if not exists personal_read (
    read_id        uuid primary key default gen_random_uuid(),
    service        text not null,
    actor          text not null,
    role           text not null,
    method         text not null,
    route          text not null,
    accounts       text[] not null,
    accounts_total int not null,
    correlation_id text,
    read_at        timestamptz not null default clock_timestamp()
);
create index if not exists personal_read_at on personal_read (read_at);
"""
_INSERT: Final = """
insert into personal_read (service, actor, role, method, route, accounts, accounts_total, correlation_id)
select r->>'service', r->>'actor', r->>'role', r->>'method', r->>'route',
       array(select jsonb_array_elements_text(r->'accounts')), (r->>'accounts_total')::int, r->>'correlation_id'
  from jsonb_array_elements($1::text::jsonb) r
"""


class KeptBy(Protocol):
    """The vault, as far as what was read is written there."""

    async def connected(self) -> Any: ...


class Reading:
    """Whose fields one request has opened; an account once, in the order in which they were opened."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._named: list[str] = []
        self._written = 0

    def note(self, owner: str) -> None:
        if owner in self._seen:
            return
        self._seen.add(owner)
        if len(self._named) < ACCOUNTS_MAX:
            self._named.append(owner)

    @property
    def has_new(self) -> bool:
        return len(self._seen) > self._written

    def take(self) -> tuple[tuple[str, ...], int]:
        """The accounts that are named, and how many there are; they are not new any more."""
        self._written = len(self._seen)
        return tuple(self._named), len(self._seen)


_now: ContextVar[Reading | None] = ContextVar("personal_reading", default=None)


def begin() -> Reading:
    """From here on, and in every task that this one starts, the vault notes on it."""
    reading = Reading()
    _now.set(reading)
    return reading


def note(owner: str) -> None:
    """The vault has opened a field of this owner's."""
    reading = _now.get()
    if reading is not None:
        reading.note(owner)


def unnoted() -> Context:
    """A context for work that a request begins and that shows nothing to its caller."""
    return Context()


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """`route` is the path as it is declared, without values: a query may hold a name."""

    service: str
    actor: str
    role: str
    method: str
    route: str
    accounts: Sequence[str]
    accounts_total: int
    correlation_id: str | None = None


class PersonalReads:
    """Writes down what callers of one process have read."""

    def __init__(self, vault: KeptBy, service: str) -> None:
        self._vault = vault
        self._service = service
        self._remembered: OrderedDict[tuple[Any, ...], float] = OrderedDict()
        self._waiting: list[tuple[Read, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def record(self, reading: Reading, state: dict[str, Any], method: str, route: str) -> None:
        """Returns when it is committed. Raises what the database raises: then nothing may be shown."""
        caller = state.get("caller")
        accounts, total = reading.take()
        if caller is None or caller.role == "service":
            return
        key = (caller.actor, method, route, hash(accounts), total)
        now = asyncio.get_running_loop().time()
        if self._remembered.get(key, 0.0) > now:
            return
        read = Read(
            service=self._service,
            actor=caller.actor,
            role=caller.role,
            method=method,
            route=route,
            accounts=accounts,
            accounts_total=total,
            correlation_id=state.get("trace_id"),
        )
        await self._committed(read)
        self._remembered[key] = now + AGAIN_S
        if len(self._remembered) > _REMEMBERED_MAX:
            self._remembered.popitem(last=False)

    async def _committed(self, read: Read) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((read, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="personal-reads", context=unnoted())
        await done

    async def _write(self) -> None:
        """All that waits, in one statement, until nothing waits."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                pool = await self._vault.connected()
                await pool.execute(_INSERT, msgspec.json.encode([read for read, _ in batch]).decode())
            except Exception as error:  # each of those who wait meets it
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
                continue
            for _, done in batch:
                if not done.done():
                    done.set_result(None)
