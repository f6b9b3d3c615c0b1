"""The reporting process: four logs in, read tables out, and the API over them.

METERLOG_SERVICE_PORT=8105 python -m services.reporting.app
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.invoicing import events as invoicing
from services.payments import events as payments
from services.rating import events as rating
from services.reporting import api, projection
from services.usage import events as usage
from shared.engine.process import run
from shared.engine.service import Input, ViewService
from shared.http.server import Server

_HERE: Final = Path(__file__).parent

SERVICE: Final = ViewService(
    name="reporting",
    inputs=(
        Input("usage.events", usage.EVENTS),
        Input("rating.events", rating.EVENTS),
        Input("invoicing.events", invoicing.EVENTS),
        Input("payments.events", payments.EVENTS),
    ),
    project=projection.project,
    tables=_HERE / "tables.sql",
    durable=_HERE / "durable.sql",
    projection_version=projection.VERSION,
    router=api.router,
)

if __name__ == "__main__":
    run(SERVICE, serve=Server)
