"""What a request waits for: that a run is through, or stopped, for as long as a caller cares to wait."""

from __future__ import annotations

import asyncpg
from fastapi import Request, Response

from services.invoicing.billing_run.messages import StartBillingRun
from services.invoicing.billing_run.progress import mark_reached, read_run, run_shape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.problems import not_found
from shared.http.waiting import until


async def started(api: Api, request: Request, start: StartBillingRun) -> Response:
    """Start a run and answer it, through or as it stands after some seconds."""
    await api.command(request, start)
    return await settled(api, request, start.run_id, status_code=201)


async def settled(api: Api, request: Request, run_id: str, *, status_code: int = 200) -> Response:
    """The run once it is through, or as it stands after some seconds."""
    run = await until(lambda: known(api, run_id), lambda row: row["status"] != "running")
    await mark_reached(api, request, run_id)
    return Answer(run_shape(run), status_code=status_code)


async def known(api: Api, run_id: str) -> asyncpg.Record:
    """A run as it stands. Raises `not_found`."""
    run = await read_run(api, run_id)
    if run is None:
        raise not_found("billing run", run_id)
    return run
