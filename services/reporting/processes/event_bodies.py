"""The bodies of what is to be sent, read from the log where the audit trail's index says they are.

Many endpoints are told the same events, and those that fail are told them again: the last ones are kept, up to 16 MB.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from services.reporting.webhook.bodies import body_of
from services.reporting.webhook.deliveries import Delivery
from shared.engine.postgres import Pool
from shared.engine.settings import Settings
from shared.http.lookup import LogOffset, Lookup

_KEPT_BYTES: Final = 16 * 1024 * 1024


class Bodies(Protocol):
    """Where bodies come from."""

    async def of(self, pool: Pool, deliveries: Iterable[Delivery]) -> dict[str, bytes]:
        """By the ids of events, of those the log has. Raises `Unavailable` where it does not answer."""
        ...


class EventBodies:
    """Those of the log."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._lookup = Lookup(settings)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._kept_bytes = 0

    async def of(self, pool: Pool, deliveries: Iterable[Delivery]) -> dict[str, bytes]:
        """See `Bodies`."""
        wanted = {one.event_id for one in deliveries if one.event_id is not None}
        found = {event_id: body for event_id in wanted if (body := self._kept.get(event_id)) is not None}
        if missing := wanted - found.keys():
            found |= await self._read(pool, missing)
        return found

    async def _read(self, pool: Pool, event_ids: set[str]) -> dict[str, bytes]:
        rows = await pool.fetch(
            "select id, topic, partition, log_offset from audit_event where id = any($1::text[])", list(event_ids)
        )
        places = {LogOffset(row["topic"], row["partition"], row["log_offset"]): row["id"] for row in rows}
        bodies = {}
        for place, record in (await self._lookup.read(list(places))).items():
            body = bodies[places[place]] = await body_of(record.headers, record.value)
            self._keep(places[place], body)
        return bodies

    def _keep(self, event_id: str, body: bytes) -> None:
        self._kept_bytes += len(body) - len(self._kept.pop(event_id, b""))
        self._kept[event_id] = body
        while self._kept_bytes > _KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest)
