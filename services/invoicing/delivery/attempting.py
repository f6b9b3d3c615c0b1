"""Attempts: started before anything is called, ended by what came of it. Decided for the processes, so never refused.

StartDelivery(attempt=1, claim="p-7")             waiting            ->  DeliveryStarted
EndDelivery(attempt=1, outcome="deferred")        sending, 1st       ->  DeliveryEnded(pause_s=60)
EndDelivery(attempt=8, outcome="deferred")        sending, 8th       ->  DeliveryEnded(outcome="failed")
EndDelivery(attempt=1, outcome="gone")            sending            ->  DeliveryEnded, WebhookDisabled
EndDelivery(attempt=1, outcome="sent")            unknown, 1st       ->  DeliveryEnded: it is known after all
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.invoicing.delivery.decide import delivery_of, is_void
from services.invoicing.delivery.messages import (
    DeliveryCancelled,
    DeliveryEnded,
    DeliveryPrinted,
    DeliveryStarted,
    EndDelivery,
    PrintDeliveries,
    StartDelivery,
    ToPrint,
    WebhookDisabled,
)
from services.invoicing.delivery.state import Deliveries, Delivery, preferences_of
from services.invoicing.invoice.state import Invoice
from shared.kernel.decider import Context, View
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields
from shared.mail.pauses import pause_after


def decide_start(command: StartDelivery, view: View, context: Context) -> Sequence[Event]:
    found = delivery_of(command, view)
    if found is None:
        return []
    _, delivery = found
    if delivery.status != "waiting" or delivery.channel == "print" or command.attempt != delivery.attempts + 1:
        return []
    if is_void(command.document, view):
        return [same_fields(DeliveryCancelled, command, reason="invoice_void")]
    return [same_fields(DeliveryStarted, command)]


def decide_end(command: EndDelivery, view: View, context: Context) -> Sequence[Event]:
    found = delivery_of(command, view)
    if found is None:
        return []
    _, delivery = found
    if command.attempt != delivery.attempts or not _is_news(command, delivery):
        return []
    events: list[Event] = [_ended(command)]
    if command.outcome == "gone" and _is_webhook_of_account(command.account_id, delivery, view):
        events.append(WebhookDisabled(account_id=command.account_id))
    return events


def decide_print(command: PrintDeliveries, view: View, context: Context) -> Sequence[Event]:
    """Those that wait; what another batch has, or is void meanwhile, is not in this one."""
    known = view.get_many(Deliveries, [one.document.id for one in command.deliveries])
    view.get_many(Invoice, [one.document.id for one in command.deliveries if one.document.kind == "invoice"])
    events = [_printed(one, command.batch_id, known, view) for one in command.deliveries]
    return [event for event in events if event is not None]


def _printed(one: ToPrint, batch_id: str, known: Mapping[str, Deliveries], view: View) -> Event | None:
    found = known.get(one.document.id)
    delivery = None if found is None else found.by_id.get(one.delivery_id)
    if delivery is None or (delivery.channel, delivery.status) != ("print", "waiting"):
        return None
    if is_void(one.document, view):
        return same_fields(DeliveryCancelled, one, reason="invoice_void")
    return same_fields(DeliveryPrinted, one, batch_id=batch_id)


def _is_news(command: EndDelivery, delivery: Delivery) -> bool:
    if delivery.status == "sending":
        return True
    # A process that lost its partition in the middle of a call tells later what came of it.
    return delivery.status == "unknown" and command.outcome != "unknown"


def _ended(command: EndDelivery) -> DeliveryEnded:
    if command.outcome != "deferred":
        return same_fields(DeliveryEnded, command)
    pause_s = pause_after(command.attempt)
    if pause_s is None:
        return same_fields(DeliveryEnded, command, outcome="failed")
    return same_fields(DeliveryEnded, command, pause_s=pause_s)


def _is_webhook_of_account(account_id: str, delivery: Delivery, view: View) -> bool:
    """Whether what is gone is the webhook that the account has now, and has not been said to be gone before."""
    wanted = preferences_of(view, account_id)
    return not wanted.webhook_gone and wanted.preferences.webhook == delivery.recipient
