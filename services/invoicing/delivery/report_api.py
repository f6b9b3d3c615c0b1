"""What mail systems report of mails that they had taken, over HTTP.

POST /v1/deliveries/reports       a delivery status notification (RFC 3464) as it came, message/rfc822

    in /etc/aliases:  bounces: "|curl -sS -H 'Authorization: Bearer mk_…' -H 'Content-Type: message/rfc822'
                                --data-binary @- https://billing.example/v1/deliveries/reports"
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import StrictStr, ValidationError

from services.invoicing.delivery.api import delivery_answer, which_delivery
from services.invoicing.delivery.delivery_report import REPORT, DeliveryReport, read_report
from services.invoicing.delivery.messages import BounceDelivery
from services.invoicing.delivery.queries import read_delivery
from services.invoicing.delivery.shapes import DeliveryDetail
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.kernel.bodies import Body, refusals
from shared.kernel.errors import Rejections
from shared.kernel.json_keys import check_keys

_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": f"The report, a mail with its headers. {REPORT} is taken as well, as a mail system pipes it.",
        # Generators of clients know no body of message/rfc822.
        "content": {
            "application/json": {
                "schema": {"type": "object", "required": ["mail"], "properties": {"mail": {"type": "string"}}}
            }
        },
    }
}


class ReportBody(Body):
    """A report as text."""

    mail: StrictStr


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/deliveries/reports",
        response_model=DeliveryDetail,
        dependencies=[api.roles(*WRITERS)],
        openapi_extra=_BODY,
    )
    async def report_delivery(request: Request) -> Response:
        """A mail system tells what became of a mail: a recipient who is not reached makes it bounce. A delay, or a
        receipt, changes nothing."""
        report = await asyncio.to_thread(_report, await request.body(), request.headers.get("content-type", ""))
        row = await read_delivery(api, report.delivery_id)
        if report.failed:
            await api.command(request, BounceDelivery(**which_delivery(row), code=report.code, reason=report.reason))
        return await delivery_answer(api, request, report.delivery_id)

    return routes


def _report(body: bytes, media_type: str) -> DeliveryReport:
    if media_type.partition(";")[0].strip().lower() != "application/json":
        return read_report(body)
    check_keys(body)
    try:
        return read_report(ReportBody.model_validate_json(body).mail.encode())
    except ValidationError as error:
        raise Rejections(refusals(error)) from error
