"""What the contract names under reporting and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.runtime.auth import WRITERS
from shared.runtime.http.edge import Edge
from shared.runtime.http.later import Later, refusals

LATER: Final = (
    Later("/v1/stream", "the live stream", ("GET",)),
    Later("/v1/report-jobs", "report files", ("GET",)),
    Later("/v1/report-jobs/{job_id}", "report files", ("GET",)),
    Later("/v1/report-jobs/{job_id}/download", "report files", ("GET",)),
    Later("/v1/report-schedules", "scheduled reports", ("GET",)),
    Later("/v1/saved-views", "saved views", ("GET",)),
    Later("/v1/webhook-endpoints", "webhooks", ("GET",)),
    Later("/v1/webhook-deliveries", "webhooks", ("GET",)),
    Later("/v1/report-jobs", "report files", ("POST",), WRITERS),
    Later("/v1/report-schedules", "scheduled reports", ("POST",), WRITERS),
    Later("/v1/saved-views", "saved views", ("POST",), WRITERS),
    Later("/v1/webhook-endpoints", "webhooks", ("POST",), WRITERS),
    Later("/v1/webhook-deliveries/{delivery_id}/replay", "webhooks", ("POST",), WRITERS),
    Later("/v1/customer-configs/{account_id}", "changing a customer's configuration", ("PATCH",), WRITERS),
)


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(edge, LATER)
