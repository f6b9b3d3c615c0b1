"""Bytes that intake could not read, published once more or discarded. Their dead letters are called `usage-2-9-0`.

They are in `usage.dead` for 90 days. They go back to the partition of `usage.reported` they came from, with a header
that says where they stood: a record in them without an id gets the name it would have had, so that publishing them
twice counts them once. Refused (409): `still_undecodable`, `truncated`, `no_longer_kept`, `already_resolved`.
"""

from __future__ import annotations

from typing import Any, Final

from aiokafka import ConsumerRecord
from fastapi import Request

from services.usage.formats import headers_of, parse
from services.usage.formats.contract import Undecodable
from services.usage.record.messages import RECORDS_PER_MESSAGE_MAX
from services.usage.topics import DEAD, REPORTED
from services.usage.undecodable.dead_letter import ADDED_HEADERS, REQUEUED_FROM, TRUNCATED, origin
from services.usage.undecodable.messages import ResolveUndecodable
from services.usage.undecodable.state import item_key
from shared.http.api import Api
from shared.http.lookup import LogOffset, Lookup
from shared.http.problems import not_found
from shared.kernel.dead_letters import Name
from shared.kernel.errors import Rejection

_FIND: Final = """
select u.reported_partition, u.position, u.dead_offset,
       exists (select from state d
                where d.partition = u.partition and d.kind = 'ResolvedBytes' and d.key = $4) as resolved
  from undecodable u where u.partition = $1 and u.seq = $2 and u.item = $3
"""


class UndecodableLetters:
    """Resolves one piece of `usage.dead`."""

    async def requeue(self, api: Api, request: Request, name: Name) -> None:
        row = await _find(api, name)
        # One that is resolved is not published again; its owner says whether that was by this very request.
        if not row["resolved"]:
            record = await _letter(api, name, row["dead_offset"])
            _check_readable(name, record)
            await api.publish(
                REPORTED,
                record.value or b"",
                partition=row["reported_partition"],
                headers=[
                    *_received(record),
                    (REQUEUED_FROM, origin(row["reported_partition"], row["position"]).encode()),
                ],
            )
        await _resolve(api, request, name, ResolveUndecodable(seq=name.seq, item=_item(name), status="requeued"))

    async def discard(self, api: Api, request: Request, name: Name, reason: str) -> None:
        await _find(api, name)
        command = ResolveUndecodable(seq=name.seq, item=_item(name), status="discarded", reason=reason)
        await _resolve(api, request, name, command)


async def _resolve(api: Api, request: Request, name: Name, command: ResolveUndecodable) -> None:
    await api.command(request, command, partition=name.partition)


async def _find(api: Api, name: Name) -> Any:
    item = _item(name)
    row = await api.db.fetchrow(_FIND, name.partition, name.seq, item, item_key(name.seq, item))
    if row is None:
        raise not_found("dead letter", str(name))
    return row


async def _letter(api: Api, name: Name, offset: int) -> ConsumerRecord[bytes, bytes]:
    place = LogOffset(DEAD, name.partition, offset)
    found = (await Lookup(lambda: api.settings).read([place])).get(place)
    if found is None:
        raise Rejection("no_longer_kept", f"the bytes of {name} are no longer kept; they can be discarded", status=409)
    return found


def _check_readable(name: Name, record: ConsumerRecord[bytes, bytes]) -> None:
    headers = dict(record.headers)
    if TRUNCATED in headers:
        detail = f"of {name} only a part was kept, {headers[TRUNCATED].decode()} bytes were received; its sender has it"
        raise Rejection("truncated", detail, status=409)
    pieces = parse(record.value or b"", headers_of(_received(record)))
    why = next((piece.detail for piece in pieces if isinstance(piece, Undecodable)), None)
    if why is None and len(pieces) > RECORDS_PER_MESSAGE_MAX:
        why = f"a message has at most {RECORDS_PER_MESSAGE_MAX} records"
    if why is not None:
        detail = f"this version can't read {name} either: {why}; discard it, or have it sent again"
        raise Rejection("still_undecodable", detail, status=409)


def _received(record: ConsumerRecord[bytes, bytes]) -> list[tuple[str, bytes | None]]:
    """The headers that its sender gave it."""
    return [(key, value) for key, value in record.headers if key not in (*ADDED_HEADERS, REQUEUED_FROM)]


def _origin(row: Any) -> bytes:
    return origin(row["reported_partition"], row["position"]).encode()


def _item(name: Name) -> int:
    if name.item is None:
        raise not_found("dead letter", str(name))
    return name.item
