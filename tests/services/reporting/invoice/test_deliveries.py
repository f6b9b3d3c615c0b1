"""An invoice says when it was sent, and what of its deliveries needs a look soonest; `status` says nothing of it."""

from __future__ import annotations

from typing import Any

import pytest

from services.invoicing.delivery.messages import DeliveryBounced, SentDocument
from tests.services.reporting.corrections import delivery_of
from tests.services.reporting.invoice.test_invoices import with_account, with_invoice
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers


async def shown(stage: Stage) -> tuple[str, bool, str | None]:
    found: dict[str, Any] = await stage.read("/v1/invoices/inv-1")
    page = await stage.read("/v1/invoices")
    (listed,) = page["items"]
    assert [listed[name] for name in ("sent_at", "delivery_status")] == [found["sent_at"], found["delivery_status"]]
    return found["status"], found["sent_at"] is not None, found["delivery_status"]


async def test_an_invoice_shows_what_of_its_deliveries_needs_a_look(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    assert await shown(stage) == ("issued", False, None)
    await stage.tell("invoicing.events", *delivery_of("email"))
    assert await shown(stage) == ("issued", False, "waiting")
    await stage.tell("invoicing.events", *delivery_of("webhook", "sent"))
    # The mail is on its way still.
    assert await shown(stage) == ("issued", True, "waiting")
    await stage.tell("invoicing.events", *delivery_of("email", "unknown", n=2))
    assert await shown(stage) == ("issued", True, "unknown")
    await stage.tell("invoicing.events", *delivery_of("email", "deferred", "sent", n=3))
    assert await shown(stage) == ("issued", True, "sent")
    document = SentDocument(kind="invoice", id="inv-1")
    bounced = DeliveryBounced(account_id="acc-1", document=document, delivery_id="email-3", code="5.1.1")
    await stage.tell("invoicing.events", bounced)
    assert await shown(stage) == ("issued", True, "bounced")


async def test_a_delivery_of_another_invoice_is_not_its(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await stage.tell("invoicing.events", *delivery_of("email", "sent", invoice="inv-2"))
    assert await shown(stage) == ("issued", False, None)
