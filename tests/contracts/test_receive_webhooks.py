"""docs/examples/receive_webhooks.py takes what Meterlog sends, each once, and nothing that is forged or old."""

from __future__ import annotations

import asyncio
import importlib.util
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from services.reporting.webhook.bodies import MEDIA_TYPE, body_of
from services.reporting.webhook.receivers import Receivers
from shared.http.outgoing import post
from shared.http.webhook_signature import signed
from shared.kernel.envelope import Envelope, to_headers
from tests.contracts.catalogues import DOCS, SAMPLES

ISSUED = "invoicing.InvoiceIssued.v1"
SAMPLE = (SAMPLES / f"{ISSUED}.json").read_bytes()
SECRET, EARLIER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def _example() -> Any:
    spec = importlib.util.spec_from_file_location("receive_webhooks", DOCS / "examples" / "receive_webhooks.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXAMPLE = _example()


async def body(seq: int) -> bytes:
    envelope = Envelope(
        env="local",
        service="invoicing",
        partition=3,
        type=ISSUED,
        recorded_at=datetime(2026, 12, 1, tzinfo=UTC),
        subject="acc-1",
        seq=seq,
    )
    return await body_of(to_headers(envelope), SAMPLE)


async def test_the_receiver_of_the_page_takes_each_event_once_and_none_that_is_forged_or_old() -> None:
    receiver = EXAMPLE.Receiver(sqlite3.connect(":memory:", check_same_thread=False), SECRET)
    server = EXAMPLE.serve(receiver, 0)
    url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    check = Receivers("127.0.0.0/8").check("http")

    async def send(seq: int, *secrets: str, before: timedelta = timedelta()) -> int:
        text = await body(seq)
        headers = signed(secrets[0], f"invoicing/3/{seq}", text, datetime.now(UTC) - before, *secrets[1:])
        sent = {**headers, "content-type": MEDIA_TYPE}
        return (await post(url, sent, text, check=check, timeout_s=10)).status

    try:
        statuses = [
            await send(2, SECRET),
            await send(1, SECRET),  # later, and before it
            await send(2, SECRET),  # its answer got lost
            await send(3, EARLIER),  # signed by somebody else
            await send(3, SECRET, before=timedelta(minutes=6)),  # an old call, sent again by who saw it
            await send(3, EARLIER, SECRET),  # while the secret is being changed
        ]
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()
    assert statuses == [200, 200, 200, 401, 401, 200]
    assert receiver.in_order() == [("/local/invoicing/3", n, ISSUED) for n in (1, 2, 3)]
