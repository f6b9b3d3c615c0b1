"""The routes that every service has: health, metrics, the clock, what became of a command, progress.

GET /healthz             200 while the process runs its loop
GET /readyz              200 when the whole pipe works, else 503 with the reason
GET /v1/clock            {"now": "2026-11-23T06:00:00Z", "test": false}
GET /v1/commands/rating-pja3whn3r32mnz3dlupfikmdvq
"""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import AwareDatetime, BaseModel

from shared.engine.progress import progress_of
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import EVERYBODY, SERVICE
from shared.http.command_bus import CommandBus
from shared.http.ports import Runtime
from shared.http.problems import not_found
from shared.http.results import Result


class ClockState(BaseModel):
    now: AwareDatetime
    test: bool


class FieldError(BaseModel):
    pointer: str
    code: str
    detail: str


class CommandState(BaseModel):
    """What became of a command. `result` names the aggregate concerned and the position of its last event."""

    command_id: str
    status: Literal["pending", "done", "refused"]
    result: dict[str, str] | None = None
    errors: list[FieldError] = []


def system_router(runtime: Runtime, api: Api, bus: CommandBus | None) -> APIRouter:
    """The routes themselves; a service that decides nothing has no bus and no commands."""
    routes = APIRouter(tags=["system"])

    @routes.get("/healthz", include_in_schema=False, dependencies=[api.public])
    async def healthy() -> Response:
        return Answer({"status": "ok", "service": api.service})

    @routes.get("/readyz", include_in_schema=False, dependencies=[api.public])
    async def ready() -> Response:
        is_ready, detail = runtime.ready()
        return Answer(
            {"ready": is_ready, "service": api.service, "detail": detail}, status_code=200 if is_ready else 503
        )

    @routes.get("/metrics", include_in_schema=False, dependencies=[api.public])
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @routes.get("/internal/progress", include_in_schema=False, dependencies=[api.roles(SERVICE)])
    async def progress() -> Response:
        return Answer(await runtime.progress())

    @routes.get("/internal/taken", include_in_schema=False, dependencies=[api.roles(SERVICE)])
    async def taken() -> Response:
        """By the tables, whichever replica is asked: not by what this process believes."""
        found = await progress_of(runtime.pool, runtime.service, partitions=runtime.settings.partitions)
        return Answer({"service": api.service, "taken": found.offsets, "recorded_at": found.recorded_at})

    @routes.get("/v1/clock", response_model=ClockState, dependencies=[api.roles(*EVERYBODY, SERVICE)])
    async def clock() -> Response:
        return Answer({"now": api.clock.now(), "test": api.clock.test})

    @routes.get("/v1/commands/{command_id}", response_model=CommandState, dependencies=[api.roles(*EVERYBODY)])
    async def command(command_id: str) -> Response:
        service, _, inner = command_id.partition("-")
        if bus is None or service != api.service or "\0" in inner:
            raise not_found("command", command_id)
        result = await bus.results.find(inner)
        if result is None:
            if not await bus.is_known(inner):
                raise not_found("command", command_id)
            return Answer({"command_id": command_id, "status": "pending", "result": None, "errors": []})
        return Answer({"command_id": command_id, **_shown(result, service)})

    return routes


def _shown(result: Result, service: str) -> dict[str, Any]:
    refusal = result.refusal()
    if refusal is None:
        position = f"{service}/{result.partition}@{result.seq}"
        return {"status": "done", "result": {"id": result.subject, "position": position}, "errors": []}
    error = {"pointer": refusal.pointer or "", "code": refusal.code, "detail": refusal.detail}
    return {"status": "refused", "result": None, "errors": [error]}
