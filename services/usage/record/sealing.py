"""What is personal in admitted records is sealed before anything of them is in a log.

    sealing = Sealing(pool, vault.usage)
    batcher = CommandBatcher(..., marks=await sealing.marks())
    ...                                                   # records are added
    await sealing.seal(batcher)                           # before batcher.commands()

Whose a record is, guiding decides later, in its partition. Here the assignments as they are now say under whose key it
is sealed; nobody's known, the month's alone (docs/decisions/0127). Ciphertext names its key, so whichever it was, it
opens. What tells a record from another one, its content hash, is that of the clear values, keyed by the month: the
same record sent again is a duplicate, though its ciphertext is another one.

Records without personal attributes are not looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import asyncpg
import msgspec
from msgspec.structs import replace

from services.usage.meter.state import BUILT_IN
from services.usage.record.batching import CommandBatcher
from services.usage.record.marks import Marks
from services.usage.record.messages import AdmittedRecord
from shared.engine.postgres import AWAY
from shared.http.usage_keys import LoadedKeys, UsageKeys
from shared.kernel.instants import clamped
from shared.kernel.sealed_attributes import divided, joined

MARKS_LIFE_S: Final = 1.0
"""So long after meters were marked a record may still be taken by what was marked before."""
_ASKED_AT_ONCE: Final = 5_000
_ASKED_AGAIN: Final = 20
_PAUSE_S: Final = 0.5

_MARKS: Final = """
select coalesce(m.id, p.meter_id) as meter_id, p.personal
  from meter m full join meter_personal p on p.meter_id = m.id
"""
_ACCOUNTS: Final = """
select x.place, a.account_id
  from unnest($1::text[], $2::timestamptz[]) with ordinality as x (resource, at, place)
  join assignment a on a.resource_id = x.resource and a.valid_from <= x.at and (a.valid_to is null or x.at < a.valid_to)
"""

_encode = msgspec.json.Encoder().encode
T = TypeVar("T")


class Sealing:
    """One per task or API; `pool` is that of usage's tables."""

    def __init__(self, pool: asyncpg.Pool[Any], keys: UsageKeys) -> None:
        self._pool = pool
        self._keys = keys
        self._marks = Marks()
        self._read_at = float("-inf")

    async def marks(self) -> Marks:
        """What is personal now, at most a second old."""
        now = asyncio.get_running_loop().time()
        if now - self._read_at > MARKS_LIFE_S:
            rows = await self._pool.fetch(_MARKS)
            by_meter = {
                row["meter_id"]: {mark["attribute"]: mark["keep"] for mark in msgspec.json.decode(row["personal"])}
                for row in rows
                if row["personal"] is not None
            }
            self._marks, self._read_at = Marks(by_meter, {*BUILT_IN, *(row["meter_id"] for row in rows)}), now
        return self._marks

    async def seal(self, batcher: CommandBatcher) -> None:
        """Seal what is personal in the records of a batcher, where they stand in it."""
        places = batcher.personal
        for first in range(0, len(places), _ASKED_AT_ONCE):
            some = places[first : first + _ASKED_AT_ONCE]
            records = [records[place] for records, place in some]
            for (into, place), sealed in zip(some, await self._sealed(records, batcher.marks), strict=True):
                into[place] = sealed
        batcher.personal = []

    async def attributes(
        self, attributes: Mapping[str, Any], *, meter: str, started_at: int, account: str | None
    ) -> dict[str, Any]:
        """The attributes of one record whose account is known, as a correction gives them."""
        marks = await self.marks()
        keys = await self._keys.load({month_of(started_at)}, {account or ""})
        return _hidden(attributes, marks, meter, month_of(started_at), account or "", keys)

    async def _sealed(self, records: Sequence[AdmittedRecord], marks: Marks) -> list[AdmittedRecord]:
        accounts = await self._accounts(records)
        months = [month_of(record.started_at) for record in records]
        keys = await self._keys.load(set(months), set(accounts))
        return [
            replace(
                record,
                attributes=_hidden(record.attributes or {}, marks, record.meter, month, account, keys),
                content=keys.fingerprint(month, record.content),
            )
            for record, month, account in zip(records, months, accounts, strict=True)
        ]

    async def _accounts(self, records: Sequence[AdmittedRecord]) -> list[str]:
        """Whose each record will be, as far as it is known; empty where it is not."""
        found = [""] * len(records)
        resources = [record.resource for record in records]
        for row in await self._pool.fetch(_ACCOUNTS, resources, [clamped(record.started_at) for record in records]):
            found[row["place"] - 1] = row["account_id"]
        return found


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again while the database is away, for some seconds: intake has nothing to fall back upon."""
    for _ in range(_ASKED_AGAIN):
        try:
            return await ask()
        except AWAY:
            await asyncio.sleep(_PAUSE_S)
    return await ask()


def _hidden(
    attributes: Mapping[str, Any], marks: Marks, meter: str, month: str, account: str, keys: LoadedKeys
) -> dict[str, Any]:
    readable, hidden = divided(attributes, marks.of(meter))
    if not hidden:
        return readable
    return joined(readable, hidden, keys.seal(month, account, _encode(hidden).decode()))


def month_of(started_at: int) -> str:
    """The UTC month in which usage began, as 2026-11."""
    return f"{clamped(started_at):%Y-%m}"
