"""An invoice says when it was sent, and what of its deliveries needs a look soonest; `status` says nothing of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from services.invoicing.delivery.messages import DeliveryBounced, SentDocument
from tests.services.reporting.corrections import delivery_of
from tests.services.reporting.invoice.test_invoices import with_account, with_invoice
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import drafted, issued

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


async def test_the_list_is_filtered_by_how_deliveries_stand_and_its_totals_follow(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await with_invoice(stage, "inv-2")

    async def found(*states: str) -> tuple[list[str], list[str]]:
        page = await stage.read("/v1/invoices", delivery_status=list(states))
        return sorted(item["id"] for item in page["items"]), [sums["amount"] for sums in page["totals"]]

    assert await found("bounced") == ([], [])
    await stage.tell("invoicing.events", *delivery_of("email", "unknown"))
    await stage.tell("invoicing.events", *delivery_of("email", "sent", n=2, invoice="inv-2"))
    assert await found("unknown") == (["inv-1"], ["14.88"])
    assert await found("sent") == (["inv-2"], ["14.88"])
    assert await found("unknown", "sent") == (["inv-1", "inv-2"], ["29.76"])
    await stage.tell("invoicing.events", *delivery_of("email", "sent", n=3))
    assert await found("unknown") == ([], [])


async def test_the_list_is_filtered_by_who_issued_the_invoice(stage: Stage) -> None:
    await with_account(stage)
    await with_invoice(stage)
    await with_invoice(stage, "inv-2")
    of_nl = msgspec.structs.replace(issued("inv-3", number="LE-nl/000001"), legal_entity="nl")
    await stage.tell("invoicing.events", *drafted("inv-3"), of_nl)
    page = await stage.read("/v1/invoices", legal_entity="nl")
    assert [(item["id"], item["legal_entity"]) for item in page["items"]] == [("inv-3", "nl")]
    assert (await stage.read("/v1/invoices/inv-1"))["legal_entity"] is None
