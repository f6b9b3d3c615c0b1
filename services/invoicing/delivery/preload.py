"""Which states a message about deliveries will ask for; of what is being issued, how its account wants it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from services.invoicing.credit_note.messages import CompleteCreditNote
from services.invoicing.credit_note.state import CreditNote
from services.invoicing.credit_notice.state import CreditNotice
from services.invoicing.delivery.messages import EndDelivery, SendDocument, ShownKind, StartDelivery
from services.invoicing.delivery.state import Deliveries, Preferences
from services.invoicing.dunning_letter.state import DunningLetter
from services.invoicing.invoice.messages import CompleteIssue, CompleteIssues
from services.invoicing.invoice.state import Invoice
from shared.kernel.decider import Asked, State

_KINDS: Final[Mapping[ShownKind, type[State]]] = {
    "invoice": Invoice,
    "credit_note": CreditNote,
    "dunning_letter": DunningLetter,
    "credit_notice": CreditNotice,
}


def preload(
    message: CompleteIssue | CompleteIssues | CompleteCreditNote | SendDocument | StartDelivery | EndDelivery,
) -> Iterator[Asked]:
    match message:
        case CompleteIssues(invoices=invoices):
            yield Preferences, [numbered.account_id for numbered in invoices]
            yield Deliveries, [numbered.invoice_id for numbered in invoices]
        case CompleteIssue() | CompleteCreditNote():
            yield Preferences, message.account_id
        case SendDocument() | StartDelivery() | EndDelivery():
            yield Deliveries, message.document.id
            yield _KINDS[message.document.shown_kind], message.document.id
            yield Preferences, message.account_id
