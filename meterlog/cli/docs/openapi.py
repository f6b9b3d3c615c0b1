"""The API's document from the code: what `/openapi.json` of a running stack answers, made without one.

    openapi()["paths"]["/v1/invoices"]["get"]["operationId"]      # 'reporting_list_invoices'

The console's client is generated from the saved text, console/openapi.json.
"""

from __future__ import annotations

import importlib
import json
from types import SimpleNamespace
from typing import Any, cast

from meterlog.entry.document import merge
from meterlog.installation import SERVICES
from shared.engine.service import Service
from shared.engine.settings import Settings
from shared.http.openapi import describe
from shared.http.server import build_app


def openapi() -> dict[str, Any]:
    """The five services' documents and the entry's own paths as one."""
    return merge({service: _part(service) for service in SERVICES})


def openapi_text() -> str:
    """The document as it is saved: one space of indent, as `npm run api:fetch` writes it too."""
    return json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n"


def _part(service: str) -> dict[str, Any]:
    spec = importlib.import_module(f"services.{service}.app").SERVICE
    # Describing an application asks it for nothing that runs.
    runtime = cast(Any, SimpleNamespace(service=spec, settings=Settings(), pool=None, clock=None))
    app = build_app(runtime, bus=cast(Any, None), vault=cast(Any, None))
    return describe(app, service, commands=isinstance(spec, Service))
