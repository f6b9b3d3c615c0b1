"""Deliveries: what is asked for goes out once by each channel, and every attempt has one outcome.

    waiting ──Start──> sending ──sent──> sent ──Bounce──> bounced
       ^                  ├──deferred──┐ bounced, failed
       └──────────────────┼────────────┘ (eight times)
                          └──unknown──> unknown      a person sends it again, or leaves it

Of two requests for one document and channel at the same moment the second finds the first on its way. An outcome that
comes late is better than none: it ends `unknown`, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.credit_note.state import CreditNote
from services.invoicing.credit_notice.state import CreditNotice
from services.invoicing.delivery.messages import (
    BounceDelivery,
    CancelDelivery,
    Channel,
    DeliverIssued,
    DeliveryAsked,
    DeliveryBounced,
    DeliveryCancelled,
    OfDelivery,
    ResendDelivery,
    SendDocument,
    SentDocument,
)
from services.invoicing.delivery.state import OPEN, Deliveries, Delivery, Preferences, preferences_of
from services.invoicing.dunning_letter.state import DunningLetter
from services.invoicing.invoice.state import Invoice, Issued, Void
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed import Sealed

DELIVERIES_MAX: Final = 100
"""Of one document: who needs more has another problem than delivery."""


def decide_send(command: SendDocument, view: View, context: Context) -> Sequence[DeliveryAsked]:
    """Raises `Rejection`; see `SendDocument`."""
    number = _number(command.document, command.account_id, view)
    wanted = preferences_of(view, command.account_id)
    channels = wanted.preferences.channels if command.channels is None else command.channels
    if not channels:
        detail = "the account has no channel of delivery; name one, or set them in its bill profile"
        raise Rejection("no_channel", detail, pointer="/channels", status=409)
    known = view.get(Deliveries, command.document.id)
    asked = [
        _asked(command, channel, number, wanted, view, context)
        for channel in dict.fromkeys(channels)
        if known is None or not known.open_by(channel)
    ]
    if known is not None:
        _check_count(known, len(asked))
    return asked


def decide_issued(command: DeliverIssued, view: View, context: Context) -> Sequence[DeliveryAsked]:
    """What follows from the issue is asked for once, whatever is asked for later."""
    wanted = preferences_of(view, command.account_id)
    if view.get(Deliveries, command.document.id) is not None:
        return []
    number = _number(command.document, command.account_id, view)
    return [
        _asked(command, channel, number, wanted, view, context, automatic=True)
        for channel in wanted.preferences.channels
        if channel != "webhook" or not wanted.webhook_gone
    ]


def decide_person(
    command: ResendDelivery | CancelDelivery | BounceDelivery, view: View, context: Context
) -> Sequence[Event]:
    """What a person says of a delivery. Raises `Rejection`; see the commands."""
    found = delivery_of(command, view)
    if found is None:
        raise absent("delivery", command.delivery_id)
    known, delivery = found
    match command:
        case ResendDelivery():
            return [_again(command, known, delivery, view, context)]
        case CancelDelivery():
            _check_cancellable(delivery)
            return [same_fields(DeliveryCancelled, command)]
        case BounceDelivery():
            if delivery.status == "bounced":
                return []
            if delivery.channel != "email" or delivery.status not in ("sending", "sent", "unknown"):
                detail = f"a {delivery.channel} delivery that is {delivery.status} can't come back"
                raise Rejection("not_bounceable", detail, status=409)
            return [same_fields(DeliveryBounced, command)]


def delivery_of(command: OfDelivery, view: View) -> tuple[Deliveries, Delivery] | None:
    known = view.get(Deliveries, command.document.id)
    delivery = None if known is None else known.by_id.get(command.delivery_id)
    return None if known is None or delivery is None else (known, delivery)


def _again(
    command: ResendDelivery, known: Deliveries, delivery: Delivery, view: View, context: Context
) -> DeliveryAsked:
    number = _number(command.document, command.account_id, view)
    if delivery.status in OPEN or known.open_by(delivery.channel):
        detail = f"the document is on its way by {delivery.channel}; wait for the outcome, or cancel that delivery"
        raise Rejection("delivery_open", detail, status=409)
    _check_count(known, 1)
    to = command.to or (delivery.recipient if delivery.own else None)
    return DeliveryAsked(
        account_id=command.account_id,
        document=command.document,
        delivery_id=context.new_id("delivery", delivery.channel),
        channel=delivery.channel,
        number=number,
        recipient=_recipient(delivery.channel, to, preferences_of(view, command.account_id), view),
        own=delivery.channel == "email" and to is not None,
        resend_of=command.delivery_id,
    )


def _asked(
    command: SendDocument | DeliverIssued,
    channel: Channel,
    number: str,
    wanted: Preferences,
    view: View,
    context: Context,
    *,
    automatic: bool = False,
) -> DeliveryAsked:
    to = command.to if isinstance(command, SendDocument) else None
    return DeliveryAsked(
        account_id=command.account_id,
        document=command.document,
        delivery_id=context.new_id("delivery", channel),
        channel=channel,
        number=number,
        recipient=_recipient(channel, to, wanted, view),
        own=channel == "email" and to is not None,
        automatic=automatic,
    )


def _recipient(channel: Channel, to: Sealed | None, wanted: Preferences, view: View) -> Sealed | None:
    match channel:
        case "email":
            return to or wanted.preferences.email_to or profile_of(view, wanted.account_id).details
        case "webhook":
            return _webhook(wanted)
        case "print":
            return None


def _webhook(wanted: Preferences) -> Sealed:
    webhook = wanted.preferences.webhook
    if webhook is None:
        detail = "the account has no webhook; set one in its bill profile"
        raise Rejection("no_webhook", detail, pointer="/channels", status=409)
    if wanted.webhook_gone:
        detail = "the account's webhook has answered 410 (gone); set it anew in its bill profile"
        raise Rejection("webhook_gone", detail, pointer="/channels", status=409)
    return webhook


def _number(document: SentDocument, account_id: str, view: View) -> str:
    """The number of an issued document of the account. Raises the `Rejection` of one that can't go out."""
    if document.kind == "credit_note":
        note = view.get(CreditNote, document.id)
        if note is None or note.account_id != account_id:
            raise absent("credit_note", document.id)
        if note.number is None:
            raise Rejection("not_issued", f"credit note {document.id} waits for its number; ask again", status=409)
        return note.number
    if document.letter or document.notice:
        return _letter(document, account_id, view).number
    invoice = view.get(Invoice, document.id)
    if invoice is None or invoice.account_id != account_id:
        raise absent("invoice", document.id)
    match invoice.stage:
        case Issued(number=number):
            return number
        case Void(number=number):
            detail = f"invoice {number} is void: it claims nothing, and does not go out"
            raise Rejection("invoice_void", detail, status=409)
    raise Rejection("not_issued", f"invoice {document.id} is not issued; issue it first", status=409)


def _letter(document: SentDocument, account_id: str, view: View) -> DunningLetter | CreditNotice:
    letter: DunningLetter | CreditNotice | None
    letter = view.get(DunningLetter, document.id) if document.letter else view.get(CreditNotice, document.id)
    if letter is None or letter.account_id != account_id:
        raise absent(document.shown_kind, document.id)
    return letter


def _check_count(known: Deliveries, more: int) -> None:
    if len(known.by_id) + more > DELIVERIES_MAX:
        detail = f"a document is delivered at most {DELIVERIES_MAX} times; hand it over in another way"
        raise Rejection("too_many_deliveries", detail, status=409)


def _check_cancellable(delivery: Delivery) -> None:
    if delivery.status == "sending":
        raise Rejection("delivery_under_way", "it is being delivered at this moment; ask again", status=409)
    if delivery.status not in ("waiting", "unknown"):
        detail = f"the delivery is {delivery.status}; only one that waits, or whose outcome is unknown, is cancelled"
        raise Rejection("delivery_closed", detail, status=409)


def is_void(document: SentDocument, view: View) -> bool:
    """Whether a document claims nothing any more."""
    if document.shown_kind != "invoice":
        return False
    invoice = view.get(Invoice, document.id)
    return invoice is not None and isinstance(invoice.stage, Void)
