"""What was sent to endpoints of webhooks and what came of it, for administrators.

GET  /v1/webhook-deliveries?endpoint_id=erp&status=failed
GET  /v1/webhook-deliveries/{id}                       with its attempts: when, how long, what was answered
POST /v1/webhook-deliveries/{id}/replay                once more, whatever became of it
POST /v1/webhook-deliveries/replay {"endpoint_id", "status"?, "types"?, "from"?, "to"?}
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from services.reporting.identity.asking import by_of
from services.reporting.webhook import models
from services.reporting.webhook.endpoints import find_endpoint
from services.reporting.webhook.filters import check_patterns, wanted
from services.reporting.webhook.replays import Chosen, replay, replay_many
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.listing import Filter, Listing
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.errors import Rejection

_COLUMNS: Final = (
    *("delivery_id", "endpoint_id", "event_id", "type", "account_id", "sample", "status", "attempts", "code"),
    *("due_at", "created_at", "finished_at"),
)
DELIVERY_COLUMNS: Final = ", ".join(_COLUMNS)
ATTEMPTS_SHOWN: Final = 100
DELIVERIES: Final = Listing(
    source="durable.webhook_delivery",
    columns=_COLUMNS,
    filters={
        **{name: Filter(name) for name in ("endpoint_id", "event_id", "type", "account_id", "code")},
        "status": Filter("status", one_of=("waiting", "delivered", "failed", "skipped")),
        "sample": Filter("sample", kind="boolean"),
        "from": Filter("created_at", op=">=", kind="instant"),
        "to": Filter("created_at", op="<", kind="instant"),
    },
    sorts={"created_at": "created_at"},
    default_sort="-created_at",
    tiebreak="delivery_id",
    never_null=frozenset({"created_at"}),
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admin: dict[str, Any] = {"dependencies": [api.roles("admin")]}

    @routes.get("/v1/webhook-deliveries", **listed(api, DELIVERIES, models.DeliveryPage, "admin"))
    async def list_webhook_deliveries(request: Request) -> Response:
        """Newest first. What is through stays for 14 days, and at most 100,000 of an endpoint."""
        return await DELIVERIES.fetch(request, api, shape=delivery_shape)

    @routes.post("/v1/webhook-deliveries/replay", **admin, response_model=models.ReplayedView)
    async def replay_webhook_deliveries(body: models.ReplayDeliveriesBody, request: Request) -> Response:
        """Send again what is through, the oldest first; at most 10,000 wait at once."""
        await find_endpoint(api.db, body.endpoint_id)
        if body.types:
            check_patterns(body.types, pointer="/types")
        if body.start is not None and body.end is not None and body.end <= body.start:
            raise Rejection("invalid", "`to` has to be after `from`", pointer="/to")
        chosen = Chosen(tuple(body.status), sorted(wanted(body.types)), body.start, body.end)
        replayed = await replay_many(api.db, body.endpoint_id, chosen, by_of(request))
        return Answer(replayed._asdict())

    @routes.get("/v1/webhook-deliveries/{delivery_id}", **admin, response_model=models.DeliveryWithAttempts)
    async def read_webhook_delivery(delivery_id: str) -> Response:
        """One delivery with its attempts."""
        return Answer(await _read(api, delivery_id))

    @routes.post(
        "/v1/webhook-deliveries/{delivery_id}/replay",
        **admin,
        response_model=models.DeliveryWithAttempts,
    )
    async def replay_webhook_delivery(delivery_id: str) -> Response:
        """Send it once more at once, with all its retries; the receiver gets the same `webhook-id`."""
        await replay(api.db, delivery_id)
        return Answer(await _read(api, delivery_id))

    return routes


async def _read(api: Api, delivery_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(
        f"select {DELIVERY_COLUMNS} from durable.webhook_delivery where delivery_id = $1", delivery_id
    )
    if row is None:
        raise not_found("webhook delivery", delivery_id)
    attempts = await api.db.fetch(
        """
        select n, started_at, finished_at, outcome, code, answer, duration_ms
          from durable.webhook_attempt where delivery_id = $1 order by n desc limit $2
        """,
        delivery_id,
        ATTEMPTS_SHOWN,
    )
    return {**delivery_shape(row), "attempt_log": [dict(attempt) for attempt in attempts]}


def delivery_shape(row: Any) -> dict[str, Any]:
    waiting = row["status"] == "waiting"
    message_id = row["delivery_id"] if row["sample"] else row["event_id"]
    return {
        "id": row["delivery_id"],
        **{name: row[name] for name in _COLUMNS if name not in ("delivery_id", "due_at")},
        "message_id": message_id,
        "due_at": row["due_at"] if waiting else None,
        "allowed_actions": [action("replay")],
    }
