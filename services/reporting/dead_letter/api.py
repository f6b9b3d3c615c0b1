"""Dead letters: inputs that a bug put aside and bytes that intake could not read, until an operator resolves them.

    GET /v1/dead-letters?status=open&account_id=acc-1&sort=recorded_at
    GET /v1/dead-letters/rating-3-1842                     the same with payload and headers, from the log

What is done about them is asked of the service that put them aside (shared/http/dead_letters.py).
"""

from __future__ import annotations

import base64
from typing import Any, Final, get_args

import asyncpg
from fastapi import APIRouter, Request, Response

from services.reporting.audit.api import AUDITORS
from services.reporting.audit.payloads import LogOffset, Payloads
from services.reporting.dead_letter import models
from services.reporting.dead_letter.models import LETTER
from services.reporting.dead_letter.rows import WHOLE, Kind, Status
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.customers import SEALED
from shared.http.listing import Filter, Listing
from shared.http.lookup import Lookup
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.dead_letters import Name, as_bytes

PAYLOAD_BYTES_MAX: Final = 64 * 1024
# The services that put inputs aside.
_DECIDING: Final = ("usage", "rating", "invoicing", "payments")

_OWN: Final = ("id", "service", "stands_behind")
_COLUMNS: Final = (*_OWN, *LETTER.columns)
# A letter under the name it has outside, with how many parked inputs stand before it in its queue.
_LETTERS: Final = """(
select d.*, s.service, format('%s-%s-%s', s.service, d.partition, d.seq)
            || case when d.item < 0 then '' else '-' || d.item end as id,
       format('%s/%s/%s/%s', d.topic, lpad(d.partition::text, 4, '0'), lpad(d.seq::text, 18, '0'),
              lpad(d.item::text, 9, '0')) as place,
       case when d.kind = 'parked' and d.status = 'open' then (
         select count(*) from dead_letter b
          where b.status = 'open' and b.kind = 'parked' and b.topic = d.topic and b.partition = d.partition
            and b.parking_key = d.parking_key and b.seq < d.seq) end as stands_behind
  from dead_letter d cross join lateral (select split_part(d.topic, '.', 1) as service) s) as letters"""
LETTERS: Final = Listing(
    source=_LETTERS,
    tiebreak="place",
    columns=_COLUMNS,
    filters={
        "service": Filter("service", one_of=_DECIDING),
        "status": Filter("status", one_of=get_args(Status)),
        "kind": Filter("kind", one_of=get_args(Kind)),
        **{name: Filter(name) for name in ("account_id", "parking_key", "type", "command_id")},
        "from": Filter("recorded_at", op=">=", kind="instant"),
        "to": Filter("recorded_at", op="<", kind="instant"),
    },
    sorts={"recorded_at": "recorded_at"},
    default_sort="-recorded_at",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    events, dead = Payloads(lambda: api.settings), Lookup(lambda: api.settings)

    @routes.get("/v1/dead-letters", **listed(api, LETTERS, models.DeadLetterPage, *AUDITORS))
    async def list_dead_letters(request: Request) -> Response:
        """What bugs have put aside and what could not be read, newest first; resolved ones too unless `status=open`."""
        return await LETTERS.fetch(request, api, shape=_letter)

    @routes.get("/v1/dead-letters/{letter_id}", dependencies=[api.roles(*AUDITORS)], response_model=models.DeadLetter)
    async def read_dead_letter(letter_id: str, request: Request) -> Response:
        """One dead letter with its payload, at most 64 KiB of it, and the headers it came with."""
        name = Name.read(letter_id)
        row = None if name is None else await api.db.fetchrow(_SELECT, *_place(name))
        if row is None:
            raise not_found("dead letter", letter_id)
        read = _read_bytes(dead, row) if row["kind"] == "bytes" else _read_event(events, row)
        payload, headers = await read
        if not caller_of(request).may("personal_data"):
            # It can hold anything its sender wrote.
            payload, headers = _sealed(row["size_bytes"]), {}
        return Answer({**_letter(row), "payload": payload, "headers": headers})

    return routes


_SELECT: Final = f"""
select {", ".join(_COLUMNS)}, topic, partition, log_offset from {_LETTERS}
 where topic = $1 and partition = $2 and seq = $3 and item = $4
"""


def _place(name: Name) -> tuple[str, int, int, int]:
    return f"{name.service}.events", name.partition, name.seq, WHOLE if name.item is None else name.item


async def _read_event(events: Payloads, row: asyncpg.Record) -> tuple[dict[str, Any], dict[str, str]]:
    place = LogOffset(row["topic"], row["partition"], row["log_offset"])
    event = (await events.read([place]))[place]
    exact = event.get("payload_base64")
    payload = as_bytes(event["payload"], None if exact is None else base64.b64decode(exact))
    return _shown(payload), event.get("headers", {})


async def _read_bytes(dead: Lookup, row: asyncpg.Record) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """They are kept for 90 days."""
    place = LogOffset("usage.dead", row["partition"], row["log_offset"])
    record = (await dead.read([place])).get(place)
    if record is None:
        return None, {}
    headers = {name: value.decode(errors="replace") for name, value in record.headers}
    return {**_shown(record.value or b""), "size_bytes": row["size_bytes"]}, headers


def _shown(payload: bytes) -> dict[str, Any]:
    """As text for people, and in base64 where that text is not exactly the bytes.

    >>> _shown(b"coins \\xff")
    {'size_bytes': 7, 'truncated': False, 'text': 'coins \ufffd', 'base64': 'Y29pbnMg/w=='}
    """
    head = payload[:PAYLOAD_BYTES_MAX]
    try:
        payload.decode()
        # Half a character at the cut is left out.
        text, exact = head.decode(errors="ignore"), None
    except UnicodeDecodeError:
        text, exact = head.decode(errors="replace"), base64.b64encode(head).decode()
    return {"size_bytes": len(payload), "truncated": len(payload) > len(head), "text": text, "base64": exact}


def _sealed(size_bytes: int) -> dict[str, Any]:
    return {"size_bytes": size_bytes, "truncated": False, "text": SEALED, "base64": None}


def _letter(row: asyncpg.Record) -> dict[str, Any]:
    resolved = None if row["status"] == "open" else f"it was {row['status']}"
    behind = f"{row['stands_behind']} inputs stand before it" if row["stands_behind"] else None
    return {
        **{name: row[name] for name in _OWN},
        **LETTER.values(row),
        "allowed_actions": [
            action("requeue", why_not=resolved),
            action("discard", why_not=resolved or behind),
        ],
    }
