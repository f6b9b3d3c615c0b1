"""The timeline of an invoice: what happened at one instant stands in the order in which it happened."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.reporting.audit.life import in_order

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def event(place: str, name: str, at: datetime = NOW) -> dict[str, Any]:
    service, partition, seq = place.split("/")
    topic, type_ = f"{service}.events", f"{service}.{name}.v1"
    return {"recorded_at": at, "topic": topic, "partition": int(partition), "seq": int(seq), "type": type_}


APPROVED = [
    event("invoicing/0/340", "InvoiceDrafted"),
    event("invoicing/0/351", "ApprovalAsked"),
    event("invoicing/0/357", "InvoiceApproved"),
    event("invoicing/0/358", "InvoiceLocked"),
    event("invoicing/3/296", "NumberAssigned"),
    event("invoicing/0/359", "InvoiceIssued"),
    event("payments/0/171", "ReceivableOpened"),
    event("payments/0/175", "PaymentAllocated"),
    event("invoicing/0/360", "AmountDueStated"),
]
VOIDED = [
    event("invoicing/2/12", "InvoiceVoidAsked"),
    event("payments/2/3", "ReceivableWithdrawn"),
    event("invoicing/2/13", "InvoiceVoided"),
]
CREDITED = [
    event("invoicing/0/397", "CreditNoteLocked"),
    event("invoicing/0/400", "CreditNoteIssued"),
    event("payments/0/177", "CreditNoteTaken"),
]


@pytest.mark.parametrize("life", [APPROVED, VOIDED, CREDITED], ids=["approved", "voided", "credited"])
@pytest.mark.parametrize("seed", range(5))
def test_what_happens_at_one_instant_stands_as_it_happened(life: list[dict[str, Any]], seed: int) -> None:
    told = random.Random(seed).sample(life, len(life))
    assert in_order(told) == life


def test_what_is_later_is_later_whatever_it_is() -> None:
    locked = event("invoicing/0/9", "InvoiceLocked", NOW + timedelta(microseconds=1))
    allocated = event("payments/0/1", "PaymentAllocated")
    assert in_order([locked, allocated]) == [allocated, locked]


def test_an_event_of_a_partition_never_stands_before_an_earlier_one_of_it() -> None:
    """A draft that is made again after its invoice was issued anew: the life of an invoice would have it first."""
    again = [event("invoicing/0/5", "InvoiceIssued"), event("invoicing/0/6", "InvoiceDrafted")]
    assert in_order(reversed(again)) == again
