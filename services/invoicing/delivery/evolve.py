"""A document's deliveries, folded. An event of a document that was never to be delivered
means that the log has a hole."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from services.invoicing.delivery.messages import (
    DeliveryAsked,
    DeliveryBounced,
    DeliveryCancelled,
    DeliveryEnded,
    DeliveryPrinted,
    DeliveryStarted,
)
from services.invoicing.delivery.state import Deliveries, Delivery, Status
from shared.kernel.decider import State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan

DeliveryEvent = DeliveryAsked | DeliveryStarted | DeliveryEnded | DeliveryPrinted | DeliveryCancelled | DeliveryBounced


def evolve_delivery(event: DeliveryEvent, envelope: Envelope, view: View) -> Iterable[State]:
    known = view.get(Deliveries, event.document.id)
    if isinstance(event, DeliveryAsked):
        known = known or Deliveries(document_id=event.document.id, account_id=event.account_id, number=event.number)
        delivery = Delivery(channel=event.channel, recipient=event.recipient, own=event.own)
    else:
        if known is None:
            raise NeverBegan(f"nothing of {event.document.kind} {event.document.id} was to be delivered")
        if event.delivery_id not in known.by_id:
            return
        delivery = _next(known.by_id[event.delivery_id], event)
    yield msgspec.structs.replace(known, by_id={**known.by_id, event.delivery_id: delivery})


def status_of(event: DeliveryEvent) -> Status:
    """Where a delivery stands with this event."""
    match event:
        case DeliveryAsked():
            return "waiting"
        case DeliveryStarted():
            return "sending"
        case DeliveryPrinted():
            return "sent"
        case DeliveryCancelled():
            return "cancelled"
        case DeliveryBounced():
            return "bounced"
        case DeliveryEnded(outcome="deferred"):
            return "waiting"
        case DeliveryEnded(outcome="gone"):
            return "failed"
        case DeliveryEnded(outcome="sent" | "bounced" | "failed" | "unknown" as outcome):
            return outcome
    raise AssertionError(event)


def _next(delivery: Delivery, event: DeliveryEvent) -> Delivery:
    if isinstance(event, DeliveryStarted):
        return msgspec.structs.replace(delivery, status="sending", attempts=event.attempt, claim=event.claim)
    return msgspec.structs.replace(delivery, status=status_of(event))
