"""No request of any service takes a number or an ISO week for an instant or a day: there is one parser for both."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Annotated, Any, cast, get_args

import pytest
from fastapi.routing import APIRoute
from pydantic import (
    AwareDatetime,
    BaseModel,
    FutureDate,
    FutureDatetime,
    NaiveDatetime,
    PastDate,
    PastDatetime,
    TypeAdapter,
    ValidationError,
)

from meterlog.installation import SERVICES
from shared.engine.settings import Settings
from shared.http.server import build_app

TIMES = (date, datetime, AwareDatetime, NaiveDatetime, PastDate, FutureDate, PastDatetime, FutureDatetime)
NO_TIME = [1_795_000_000, "1795000000", "2026-W48-1", "20261123", "2026-11-23T01:00:00", "20261123T010000Z"]
BEYOND = ["0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-12:00", "0001-01-01", "9999-12-31"]


def routes(service: str) -> Iterator[APIRoute]:
    spec = importlib.import_module(f"services.{service}.app").SERVICE
    runtime = cast(Any, SimpleNamespace(service=spec, settings=Settings(), pool=None, clock=None))
    app = build_app(runtime, bus=cast(Any, None), vault=cast(Any, None))
    return _below(app.router)


def _below(router: Any) -> Iterator[APIRoute]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _below(route.original_router)


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from parts(part)


def fields(annotation: Any, where: str, seen: set[type]) -> Iterator[tuple[str, Any]]:
    """Every field below a type that has a day or an instant in it, with the type that validates it."""
    for part in parts(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel) and part not in seen:
            seen.add(part)
            for name, info in part.model_fields.items():
                declared = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
                yield from fields(declared, f"{part.__name__}.{name}", seen)
    if any(part in TIMES for part in parts(annotation)):
        yield where, annotation


def asked(service: str) -> list[tuple[str, Any]]:
    found: dict[str, Any] = {}
    for route in routes(service):
        for parameter in route.dependant.query_params:
            info = parameter.field_info
            declared = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
            found |= dict(fields(declared, f"{route.path}?{parameter.alias}", set()))
        for body in route.dependant.body_params:
            found |= dict(fields(body.field_info.annotation, route.path, set()))
    return list(found.items())


@pytest.mark.parametrize("service", SERVICES)
def test_a_request_takes_days_and_instants_as_records_do(service: str) -> None:
    for where, declared in asked(service):
        for value in (*NO_TIME, *BEYOND):
            with pytest.raises(ValidationError):
                TypeAdapter(declared).validate_python(value)
                pytest.fail(f"{where} takes {value!r}")


def test_there_is_something_to_look_at() -> None:
    found = {where for service in SERVICES for where, _ in asked(service)}
    assert {"AssignmentBody.since", "/v1/usage/summary?from", "/v1/reports/kpis?to"} <= found
    assert len(found) > 10
