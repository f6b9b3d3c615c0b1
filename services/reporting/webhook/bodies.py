"""What is sent: an event as a structured CloudEvent, as the log has it, without what is personal.

    {"specversion": "1.0", "id": "1842", "source": "/local/invoicing/3", "type": "invoicing.InvoiceIssued.v1",
     "time": "2026-12-01T01:00:03Z", "subject": "acc-1", "dataschema": "urn:meterlog:schema:invoicing.InvoiceIssued.v1",
     "datacontenttype": "application/json", "seq": "1842", "correlationid": "…", "causationid": "…",
     "data": {"invoice_id": "inv-7", "account_id": "acc-1", …}}

A sealed field reads "sealed": who has to know a name asks the API, as somebody who may. The same event gives the same
bytes in every attempt, so that a receiver may compare them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from services.reporting.audit.personal import shown
from shared.kernel.envelope import format_instant, from_headers, schema_uri

MEDIA_TYPE: Final = "application/cloudevents+json"
SAMPLE_TYPE: Final = "meterlog.WebhookSample.v1"


async def body_of(headers: Iterable[tuple[str, bytes]], value: bytes | None) -> bytes:
    """The body for an event of the log. Raises `BadEnvelope` and `msgspec.DecodeError` for what is none of ours."""
    envelope = from_headers(headers)
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(envelope.seq),
        "source": envelope.source,
        "type": envelope.type,
        "time": format_instant(envelope.recorded_at),
        **({"subject": envelope.subject} if envelope.subject else {}),
        "dataschema": schema_uri(envelope.type),
        "datacontenttype": "application/json",
        "seq": str(envelope.seq),
    }
    for name in ("correlation_id", "causation_id"):
        if (text := getattr(envelope, name)) is not None:
            attributes[name.replace("_", "")] = text
    data = await shown(msgspec.json.decode(value or b"null"), None)
    return msgspec.json.encode({**attributes, "data": data})


def sample_of(env: str, delivery_id: str, endpoint_id: str, time: str) -> bytes:
    """The body that is sent to try an endpoint, where no event of the log is."""
    return msgspec.json.encode(
        {
            "specversion": "1.0",
            "id": delivery_id,
            "source": f"/{env}/reporting/webhooks",
            "type": SAMPLE_TYPE,
            "time": time,
            "datacontenttype": "application/json",
            "data": {"endpoint_id": endpoint_id, "message": "This is a sample. Nothing has happened."},
        }
    )
