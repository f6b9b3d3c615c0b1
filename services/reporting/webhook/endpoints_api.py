"""Endpoints of outgoing webhooks, for administrators.

POST   /v1/webhook-endpoints {"url", "events": ["invoicing.InvoiceIssued.v1", "payments.*"], "description"?}
                                      201 {"id", "secret": "whsec_…", …}: the only time that the secret is shown
PATCH  /v1/webhook-endpoints/{id}     If-Match takes the version
POST   …/{id}/enable {"skip_missed"}, /disable, /rotate {"overlap_hours"}, /test {"type"?}
POST   …/{id}/replay {"from", "to", "types"?}    what happened in a while, whether it was ever sent or not
DELETE …/{id}
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from services.reporting.identity.asking import by_of
from services.reporting.webhook import models
from services.reporting.webhook.deliveries_api import DELIVERY_COLUMNS, delivery_shape
from services.reporting.webhook.endpoints import (
    ASKED,
    COLUMNS,
    Endpoint,
    EndpointExists,
    change_endpoint,
    create_endpoint,
    delete_endpoint,
    disable,
    enable,
    find_endpoint,
    rotate_secret,
)
from services.reporting.webhook.filters import check_pattern, check_patterns, event_types, wanted
from services.reporting.webhook.receivers import Receivers
from services.reporting.webhook.replays import replay_events, send_sample
from shared.http.actions import action
from shared.http.answer import Answer
from shared.http.api import Api, expected_version
from shared.http.listing import Filter, Listing
from shared.http.openapi import takes
from shared.http.parameters import listed
from shared.http.problems import key_reused
from shared.kernel.errors import Rejection

_SPAN_MAX: Final = timedelta(days=31)
_STATUS: Final = """
case when disabled_at is not null then 'disabled' when rest_until > now() then 'resting' else 'enabled' end
"""
_SHOWN: Final = f"""
(select *, {_STATUS} as status,
        (select count(*) from durable.webhook_delivery d
          where d.endpoint_id = e.endpoint_id and d.status = 'waiting') as waiting,
        (select count(*) from durable.webhook_delivery d
          where d.endpoint_id = e.endpoint_id and d.status = 'failed') as failed
   from durable.webhook_endpoint e) as webhook_endpoint
"""
ENDPOINTS: Final = Listing(
    source=_SHOWN,
    columns=(*COLUMNS, "status", "waiting", "failed"),
    filters={"id": Filter("endpoint_id"), "status": Filter("status", one_of=("enabled", "resting", "disabled"))},
    sorts={"created_at": "created_at", "delivered_at": "delivered_at"},
    default_sort="-created_at",
    tiebreak="endpoint_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admin: dict[str, Any] = {"dependencies": [api.roles("admin")]}
    one = "/v1/webhook-endpoints/{endpoint_id}"

    @routes.get("/v1/webhook-event-types", **admin, response_model=models.EventTypeList)
    async def list_webhook_event_types() -> Response:
        """What `events` of an endpoint can name."""
        items = [{"type": name, "service": name.partition(".")[0]} for name in event_types()]
        return Answer({"items": items, "total": len(items)})

    @routes.get("/v1/webhook-endpoints", **listed(api, ENDPOINTS, models.EndpointPage, "admin"))
    async def list_webhook_endpoints(request: Request) -> Response:
        """Endpoints without their secrets, newest first."""
        return await ENDPOINTS.fetch(request, api, shape=_shape)

    @routes.post(
        "/v1/webhook-endpoints",
        status_code=201,
        **admin,
        response_model=models.NewEndpointView,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def create_webhook_endpoint(body: models.NewEndpointBody, request: Request) -> Response:
        """Tell an address what happens from now on. The answer is the only place where the secret is shown; a retry
        under the same Idempotency-Key is told the id (409 `already_created`): rotate the secret if it got lost."""
        _receivers(api).check_url(body.url)
        check_patterns(body.events)
        endpoint_id = body.id or api.new_id(request, "webhook-endpoint")
        try:
            made = await create_endpoint(
                api.db,
                api.vault,
                endpoint_id=endpoint_id,
                url=body.url,
                events=body.events,
                description=body.description,
                by=by_of(request),
            )
        except EndpointExists as error:
            raise _exists(error.endpoint, body) from error
        return Answer({**await _read(api, endpoint_id), "secret": made.secret}, status_code=201)

    @routes.get(one, **admin, response_model=models.EndpointView)
    async def read_webhook_endpoint(endpoint_id: str) -> Response:
        return Answer(await _read(api, endpoint_id))

    @routes.patch(one, **admin, response_model=models.EndpointView, openapi_extra=takes("If-Match"))
    async def change_webhook_endpoint(endpoint_id: str, body: models.EndpointChanges, request: Request) -> Response:
        """Change address, events or description. What is in the queue goes to the new address."""
        wanted_of = {name: value for name, value in body.model_dump().items() if value is not None}
        if body.url is not None:
            _receivers(api).check_url(body.url)
        if body.events is not None:
            check_patterns(body.events)
            wanted_of["events"] = tuple(body.events)
        await change_endpoint(api.db, endpoint_id, wanted_of, expected=expected_version(request), by=by_of(request))
        return Answer(await _read(api, endpoint_id))

    @routes.delete(one, status_code=204, **admin)
    async def delete_webhook_endpoint(endpoint_id: str, request: Request) -> Response:
        """It goes for good, with its queue and its log of deliveries."""
        await delete_endpoint(api.db, endpoint_id, by_of(request))
        return Response(status_code=204)

    @routes.post(f"{one}/enable", **admin, response_model=models.EndpointView)
    async def enable_webhook_endpoint(endpoint_id: str, body: models.EnableBody, request: Request) -> Response:
        """Call it again, from where it stopped."""
        await enable(api.db, endpoint_id, skip_missed=body.skip_missed, by=by_of(request))
        return Answer(await _read(api, endpoint_id))

    @routes.post(f"{one}/disable", **admin, response_model=models.EndpointView)
    async def disable_webhook_endpoint(endpoint_id: str, request: Request) -> Response:
        """Call it no more, until it is enabled. What waits for it, and what happens meanwhile, is not lost."""
        await disable(api.db, endpoint_id, ASKED, by_of(request))
        return Answer(await _read(api, endpoint_id))

    @routes.post(f"{one}/rotate", **admin, response_model=models.NewEndpointView)
    async def rotate_webhook_secret(endpoint_id: str, body: models.RotateSecretBody, request: Request) -> Response:
        """Another secret, shown this once. The one before signs beside it for `overlap_hours`, so that the receiver can
        be told without a gap."""
        made = await rotate_secret(api.db, api.vault, endpoint_id, overlap_hours=body.overlap_hours, by=by_of(request))
        return Answer({**await _read(api, endpoint_id), "secret": made.secret})

    @routes.post(
        f"{one}/test",
        **admin,
        response_model=models.DeliveryView,
        openapi_extra=takes("Idempotency-Key"),
    )
    async def test_webhook_endpoint(endpoint_id: str, body: models.SampleBody, request: Request) -> Response:
        """Send a sample, once, to a disabled endpoint too; its delivery says what came of it."""
        await find_endpoint(api.db, endpoint_id)
        if body.type is not None:
            check_pattern(body.type, pointer="/type")
        delivery_id = api.new_id(request, "webhook-sample")
        await send_sample(api.db, delivery_id, endpoint_id, None if body.type is None else wanted([body.type]))
        row = await api.db.fetchrow(
            f"select {DELIVERY_COLUMNS} from durable.webhook_delivery where delivery_id = $1", delivery_id
        )
        return Answer(delivery_shape(row))

    @routes.post(f"{one}/replay", **admin, response_model=models.ReplayedView)
    async def replay_webhook_events(endpoint_id: str, body: models.ReplayEventsBody, request: Request) -> Response:
        """Send whatever happened in a while, also from before the endpoint was made; at most 10,000 wait at once."""
        endpoint = await find_endpoint(api.db, endpoint_id)
        if body.types is not None:
            check_patterns(body.types, pointer="/types")
        if body.end <= body.start:
            raise Rejection("invalid", "`to` has to be after `from`", pointer="/to")
        if body.end - body.start > _SPAN_MAX:
            raise Rejection("out_of_bounds", f"at most {_SPAN_MAX.days} days at once; ask in parts", pointer="/to")
        types = sorted(wanted(endpoint.events if body.types is None else body.types))
        replayed = await replay_events(api.db, endpoint, body.start, body.end, types, by_of(request))
        return Answer(replayed._asdict())

    return routes


def _receivers(api: Api) -> Receivers:
    return Receivers(api.settings.webhook_networks or "")


async def _read(api: Api, endpoint_id: str) -> dict[str, Any]:
    await find_endpoint(api.db, endpoint_id)
    row = await api.db.fetchrow(f"select * from {_SHOWN} where endpoint_id = $1", endpoint_id)
    return _shape(row)


def _exists(known: Endpoint, body: models.NewEndpointBody) -> Rejection:
    if (known.url, list(known.events), known.description) != (body.url, body.events, body.description):
        if body.id is not None:
            return Rejection("endpoint_exists", f"there is a webhook endpoint {known.endpoint_id}", status=409)
        return key_reused()
    detail = f"the webhook endpoint {known.endpoint_id} is there, and its secret was shown; rotate it if it is lost"
    return Rejection("already_created", detail, status=409)


def _shape(row: Any) -> dict[str, Any]:
    disabled = row["disabled_at"] is not None
    return {
        "id": row["endpoint_id"],
        **{name: row[name] for name in (*COLUMNS, "status", "waiting", "failed") if name != "endpoint_id"},
        "allowed_actions": [
            action("enable", why_not=None if disabled else "it is enabled"),
            action("disable", why_not="it is disabled" if disabled else None),
            *(action(name) for name in ("update", "rotate", "test", "replay", "delete")),
        ],
    }
