"""Endpoints of outgoing webhooks: an address, the events that it is told, and a secret that signs them.

    made = await create_endpoint(pool, vault, endpoint_id="erp", url="https://…", events=("payments.*",), …)
    made.secret                                      # whsec_…: shown now and never again
    await rotate_secret(pool, vault, "erp", overlap_hours=24, by=by)
    await enable(pool, "erp", skip_missed=False, by=by)     # goes on where it stopped

An endpoint is told what happens from its making on. While it is disabled nothing is put aside for it: its position in
the logs stays, and the logs are for ever.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from services.reporting.audit.heads import Heads, heads
from services.reporting.database import Database
from services.reporting.identity.changes import By, changing
from services.reporting.webhook.changes import (
    WebhookEndpointChanged,
    WebhookEndpointCreated,
    WebhookEndpointDeleted,
    WebhookEndpointDisabled,
    WebhookEndpointEnabled,
    WebhookSecretRotated,
)
from services.reporting.webhook.receivers import host_of
from shared.http.problems import not_found
from shared.http.vault import Vault
from shared.kernel.errors import Rejection

ENDPOINTS_MAX: Final = 50
OVERLAP_HOURS_MAX: Final = 168
ASKED, GONE, FAILING = "asked", "gone", "failing"
"""Why an endpoint is disabled."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint without its secret. `rest_until`: it is left alone till then, since calls failed or it asked so."""

    endpoint_id: str
    url: str
    description: str
    events: tuple[str, ...]
    version: int
    created_by: str
    created_at: datetime
    rotated_at: datetime | None
    previous_until: datetime | None
    disabled_at: datetime | None
    disabled_because: str | None
    failures: int
    failing_since: datetime | None
    rest_until: datetime | None
    delivered_at: datetime | None


class Held(Endpoint, frozen=True, kw_only=True):
    """As the process has it that speaks for it: secrets are sealed."""

    secret: str
    previous_secret: str | None
    position: str


class NewEndpoint(msgspec.Struct, frozen=True):
    """`secret` is to be shown now and never again."""

    endpoint: Endpoint
    secret: str


class EndpointExists(Exception):
    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint.endpoint_id)
        self.endpoint = endpoint


COLUMNS: Final = tuple(Endpoint.__struct_fields__)
_COLUMNS: Final = ", ".join(COLUMNS)
_HELD: Final = ", ".join(Held.__struct_fields__)


def position_of(known: Heads) -> str:
    """A position as it is kept.

    >>> position_of({("rating.events", 1): 7})
    '{"rating.events/1":7}'
    """
    return msgspec.json.encode(
        {f"{topic}/{partition}": seq for (topic, partition), seq in sorted(known.items())}
    ).decode()


def heads_in(position: str) -> Heads:
    """The same, read."""
    found: dict[str, int] = msgspec.json.decode(position, type=dict[str, int])
    places = ((place.rpartition("/"), seq) for place, seq in found.items())
    return {(topic, int(partition)): seq for (topic, _, partition), seq in places}


async def find_endpoint(database: Database, endpoint_id: str) -> Endpoint:
    """Raises `Rejection` (404)."""
    row = await database.fetchrow(
        f"select {_COLUMNS} from durable.webhook_endpoint where endpoint_id = $1", endpoint_id
    )
    if row is None:
        raise not_found("webhook endpoint", endpoint_id)
    return _endpoint(row)


async def create_endpoint(
    database: Database,
    vault: Vault,
    *,
    endpoint_id: str,
    url: str,
    events: Sequence[str],
    description: str,
    by: By,
) -> NewEndpoint:
    """Raises `EndpointExists`, and `Rejection` (409 `too_many_endpoints`)."""
    secret = _new_secret()
    sealed = await vault.seal_secret("webhook-endpoint", endpoint_id, secret)
    async with changing(database) as change:
        known = await change.connection.fetchrow(
            f"select {_COLUMNS} from durable.webhook_endpoint where endpoint_id = $1", endpoint_id
        )
        if known is not None:
            raise EndpointExists(_endpoint(known))
        if await change.connection.fetchval("select count(*) from durable.webhook_endpoint") >= ENDPOINTS_MAX:
            detail = f"there are {ENDPOINTS_MAX} webhook endpoints, which is as many as there may be; delete one"
            raise Rejection("too_many_endpoints", detail, status=409)
        row = await change.connection.fetchrow(
            f"""
            insert into durable.webhook_endpoint (endpoint_id, url, description, events, secret, created_by, position)
            values ($1, $2, $3, $4, $5, $6, $7) returning {_COLUMNS}
            """,
            endpoint_id,
            url,
            description,
            list(events),
            sealed,
            by.actor,
            position_of(await heads(change.connection)),
        )
        made = _endpoint(row)
        told = WebhookEndpointCreated(endpoint_id=endpoint_id, host=host_of(url), events=made.events)
        await change.tell(told, by)
    return NewEndpoint(made, secret)


async def change_endpoint(
    database: Database, endpoint_id: str, wanted: dict[str, Any], *, expected: int | None, by: By
) -> Endpoint:
    """Change what `wanted` has of `url`, `events`, `description`; what is told follows from now on. Raises `Rejection`:
    404, 412."""
    async with changing(database) as change:
        known = await find_endpoint(change.connection, endpoint_id)
        if expected is not None and expected != known.version:
            detail = f"this is version {known.version}, the request was made for {expected}; read it again"
            raise Rejection("version_mismatch", detail, status=412)
        now = msgspec.structs.replace(known, **wanted)
        if now == known:
            return known
        row = await change.connection.fetchrow(
            f"""
            update durable.webhook_endpoint set url = $2, events = $3, description = $4, version = version + 1
             where endpoint_id = $1 returning {_COLUMNS}
            """,
            endpoint_id,
            now.url,
            list(now.events),
            now.description,
        )
        await change.tell(WebhookEndpointChanged(endpoint_id=endpoint_id, host=host_of(now.url), events=now.events), by)
        return _endpoint(row)


async def rotate_secret(
    database: Database, vault: Vault, endpoint_id: str, *, overlap_hours: int, by: By
) -> NewEndpoint:
    """Another secret; the one before signs beside it for `overlap_hours` more. Raises `Rejection` (404)."""
    secret = _new_secret()
    await find_endpoint(database, endpoint_id)
    sealed = await vault.seal_secret("webhook-endpoint", endpoint_id, secret)
    async with changing(database) as change:
        row = await change.connection.fetchrow(
            f"""
            update durable.webhook_endpoint
               set previous_secret = secret, previous_until = now() + make_interval(hours => $3), secret = $2,
                   rotated_at = now(), version = version + 1
             where endpoint_id = $1 returning {_COLUMNS}
            """,
            endpoint_id,
            sealed,
            overlap_hours,
        )
        if row is None:
            raise not_found("webhook endpoint", endpoint_id)
        await change.tell(WebhookSecretRotated(endpoint_id=endpoint_id, previous_until=row["previous_until"]), by)
        return NewEndpoint(_endpoint(row), secret)


async def enable(database: Database, endpoint_id: str, *, skip_missed: bool, by: By) -> bool:
    """Call it again: from where it stopped, or, with `skip_missed`, from now on. False where it is enabled. Raises
    `Rejection` (404)."""
    async with changing(database) as change:
        if (await find_endpoint(change.connection, endpoint_id)).disabled_at is None:
            return False
        if skip_missed:
            position = position_of(await heads(change.connection))
            await change.connection.execute(_SKIP, endpoint_id)
            await change.connection.execute(_MOVE, endpoint_id, position)
        await change.connection.execute(_ENABLE, endpoint_id)
        await change.tell(WebhookEndpointEnabled(endpoint_id=endpoint_id, skipped=skip_missed), by)
        return True


async def disable(database: Database, endpoint_id: str, reason: str, by: By) -> bool:
    """Call it no more; what waits for it stays. False where it was so already. Raises `Rejection` (404)."""
    async with changing(database) as change:
        if (await find_endpoint(change.connection, endpoint_id)).disabled_at is not None:
            return False
        await change.connection.execute(_DISABLE, endpoint_id, reason)
        await change.tell(WebhookEndpointDisabled(endpoint_id=endpoint_id, reason=reason), by)
        return True


async def delete_endpoint(database: Database, endpoint_id: str, by: By) -> None:
    """It goes with its deliveries. Raises `Rejection` (404)."""
    async with changing(database) as change:
        await find_endpoint(change.connection, endpoint_id)
        await change.connection.execute("delete from durable.webhook_endpoint where endpoint_id = $1", endpoint_id)
        await change.tell(WebhookEndpointDeleted(endpoint_id=endpoint_id), by)


async def hold(database: Database, holder: str, lease_s: float) -> list[Held]:
    """The endpoints that this process speaks for, for another while: its own, and those that nobody does."""
    rows = await database.fetch(
        f"""
        update durable.webhook_endpoint
           set holder = $1, lease_until = now() + make_interval(secs => $2)
         where endpoint_id in (select endpoint_id from durable.webhook_endpoint
                                where holder = $1 or lease_until is null or lease_until < now() for update skip locked)
        returning {_HELD}
        """,
        holder,
        lease_s,
    )
    return [_of(Held, row) for row in rows]


async def held(database: Database, holder: str) -> list[Held]:
    """What it holds, as it is now."""
    rows = await database.fetch(
        f"select {_HELD} from durable.webhook_endpoint where holder = $1 and lease_until > now()", holder
    )
    return [_of(Held, row) for row in rows]


async def let_go(database: Database, holder: str) -> None:
    """The process stops in good order: another speaks for them at once."""
    await database.execute(
        "update durable.webhook_endpoint set holder = null, lease_until = null where holder = $1", holder
    )


_SKIP: Final = """
update durable.webhook_delivery set status = 'skipped', finished_at = now()
 where endpoint_id = $1 and status = 'waiting'
"""
_MOVE: Final = "update durable.webhook_endpoint set position = $2 where endpoint_id = $1"
_ENABLE: Final = """
update durable.webhook_endpoint
   set disabled_at = null, disabled_because = null, failures = 0, failing_since = null, rest_until = null,
       version = version + 1
 where endpoint_id = $1
"""
_DISABLE: Final = """
update durable.webhook_endpoint set disabled_at = now(), disabled_because = $2, version = version + 1
 where endpoint_id = $1
"""


def _new_secret() -> str:
    """As Standard Webhooks has it: 256 random bits."""
    return "whsec_" + base64.b64encode(os.urandom(32)).decode()


def _endpoint(row: Any) -> Endpoint:
    made: Endpoint = _of(Endpoint, row)
    return made


def _of(kind: Any, row: Any) -> Any:
    return kind(**{name: row[name] for name in kind.__struct_fields__ if name != "events"}, events=tuple(row["events"]))
