"""What an operator does about dead letters, at the service that put them aside; reporting shows them.

    POST /v1/dead-letters/rating-3-1842/requeue                    {"queue": false}
    POST /v1/dead-letters/rating-3-1842/discard                    {"reason": "sent twice by hand"}
    POST /v1/dead-letters/queues/rating/requeue                    {"parking_key": "acc-1"}
    200 {"id": "rating-3-1842", "status": "requeued", "parking_key": "acc-1", "left": 2}

A letter is taken again as if it arrived now. `left` counts what is still parked under the same key: not 0 where only
a part of the queue was asked for, or while a long one goes on by itself. Refused (409): `crashed_again` (it stays where
it was), `already_resolved`, `not_first`, `not_parked`, `account_parked`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Protocol

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictBool, StringConstraints

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.problems import not_found
from shared.kernel.bodies import Body
from shared.kernel.dead_letters import DeadLetter, Name
from shared.kernel.outcome import Parking
from shared.kernel.recovery import DiscardDeadLetter, RequeueDeadLetter, RequeueParked


class RequeueBody(Body):
    queue: StrictBool = Field(default=False, description="Also what is parked behind it.")


class DiscardBody(Body):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class QueueBody(Body):
    parking_key: str = Field(min_length=1, max_length=255, description="As the parked inputs show it: an account's id.")


class Resolved(BaseModel):
    """What was done about a dead letter. `left`: inputs that are still parked under its key."""

    id: str
    status: Literal["requeued", "discarded"]
    parking_key: str | None
    left: int


class ResolvedQueue(BaseModel):
    """What was done about a queue of parked inputs."""

    service: str
    parking_key: str
    status: Literal["requeued"]
    left: int


class UndecodableResolver(Protocol):
    """Dead letters of a service that its partitions did not put aside: bytes that intake could not read."""

    async def requeue(self, api: Api, request: Request, name: Name) -> None: ...
    async def discard(self, api: Api, request: Request, name: Name, reason: str) -> None: ...


def router(api: Api, undecodable: UndecodableResolver | None) -> APIRouter:
    """The same at every service that decides."""
    routes = APIRouter(tags=["system"])

    @routes.post("/v1/dead-letters/{letter_id}/requeue", dependencies=[api.roles(*WRITERS)], response_model=Resolved)
    async def requeue_dead_letter(letter_id: str, request: Request, body: RequeueBody | None = None) -> Response:
        """Have it taken again; of a parked input, all that stands before it first, in order."""
        name = _named(api, letter_id)
        if name.item is not None:
            await _needed(undecodable, name).requeue(api, request, name)
        else:
            command = RequeueDeadLetter(seq=name.seq, queue=body is not None and body.queue)
            await api.command(request, command, partition=name.partition)
        return Answer(await _resolved(api, name, "requeued"))

    @routes.post("/v1/dead-letters/{letter_id}/discard", dependencies=[api.roles(*WRITERS)], response_model=Resolved)
    async def discard_dead_letter(letter_id: str, body: DiscardBody, request: Request) -> Response:
        """Never take it, for the reason given; of parked inputs only the first of their queue."""
        name = _named(api, letter_id)
        if name.item is not None:
            await _needed(undecodable, name).discard(api, request, name, body.reason)
        else:
            await api.command(request, DiscardDeadLetter(seq=name.seq, reason=body.reason), partition=name.partition)
        return Answer(await _resolved(api, name, "discarded"))

    @routes.post(
        "/v1/dead-letters/queues/{service}/requeue", dependencies=[api.roles(*WRITERS)], response_model=ResolvedQueue
    )
    async def requeue_parked(service: str, body: QueueBody, request: Request) -> Response:
        """Have all inputs parked under a key (an account's id) taken again, in order."""
        partitions = await _partitions_of(api, body.parking_key) if service == api.service else []
        if not partitions:
            raise not_found("queue of parked inputs", body.parking_key)
        for partition in partitions:
            await api.command(request, RequeueParked(parking_key=body.parking_key), partition=partition)
        left = [await _left(api, partition, body.parking_key) for partition in partitions]
        return Answer(
            {"service": api.service, "parking_key": body.parking_key, "status": "requeued", "left": sum(left)}
        )

    return routes


def _named(api: Api, letter_id: str) -> Name:
    name = Name.read(letter_id)
    if name is None or name.service != api.service or name.partition >= api.settings.partitions:
        raise not_found("dead letter", letter_id)
    return name


def _needed(undecodable: UndecodableResolver | None, name: Name) -> UndecodableResolver:
    if undecodable is None:
        raise not_found("dead letter", str(name))
    return undecodable


async def _resolved(api: Api, name: Name, status: str) -> dict[str, Any]:
    body = None if name.item is not None else await _document(api, name.partition, "DeadLetter", str(name.seq))
    key = None if body is None else _LETTER.decode(body).parking_key
    left = 0 if key is None else await _left(api, name.partition, key)
    return {"id": str(name), "status": status, "parking_key": key, "left": left}


async def _partitions_of(api: Api, parking_key: str) -> list[int]:
    """Where something is parked under that key: usage parks by account, too, and lives by other keys."""
    rows = await api.db.fetch(
        "select partition from state where kind = 'Parking' and key = $1 order by partition", parking_key
    )
    return [row["partition"] for row in rows]


async def _left(api: Api, partition: int, parking_key: str) -> int:
    body = await _document(api, partition, "Parking", parking_key)
    return 0 if body is None else _QUEUE.decode(body).count


async def _document(api: Api, partition: int, kind: str, key: str) -> bytes | None:
    found: bytes | None = await api.db.fetchval(
        "select body from state where partition = $1 and kind = $2 and key = $3", partition, kind, key
    )
    return found


_LETTER: Final = msgspec.json.Decoder(DeadLetter)
_QUEUE: Final = msgspec.json.Decoder(Parking)
